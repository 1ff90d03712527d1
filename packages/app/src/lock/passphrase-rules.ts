/** Characters of a passphrase, as code points; it is never trimmed. Spec 50 §0. */
const minLength = 6
const maxLength = 256

/** Why a new passphrase can't be taken. */
export type PassphraseFault = 'too-short' | 'too-long' | 'mismatch'

/** `undefined` for one that can be taken. `repeated` is what was typed the second time. */
export function faultOfNewPassphrase(passphrase: string, repeated: string): PassphraseFault | undefined {
  const length = Array.from(passphrase).length
  if (length < minLength) return 'too-short'
  if (length > maxLength) return 'too-long'
  return passphrase === repeated ? undefined : 'mismatch'
}

/** What makes a passphrase harder to guess. None of it is required. Spec 50 §9.2. */
export interface PassphraseStrength {
  readonly long: boolean
  readonly digit: boolean
  readonly upper: boolean
  readonly lower: boolean
  readonly symbol: boolean
}

/** Which of the hints a passphrase follows. */
export function strengthOf(passphrase: string): PassphraseStrength {
  return {
    long: Array.from(passphrase).length > 12,
    digit: /\p{Nd}/u.test(passphrase),
    upper: /\p{Lu}/u.test(passphrase),
    lower: /\p{Ll}/u.test(passphrase),
    symbol: /[^\p{L}\p{N}]/u.test(passphrase),
  }
}
