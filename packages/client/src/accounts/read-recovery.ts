import { AccountSeed, decodeRecoveryPhrase } from '@sotto/protocol/account'
import { wipeBytes } from '@sotto/protocol/crypto'
import { decodeHex } from '@sotto/protocol/encoding'

/**
 * What an account is restored from: its 13 words, or the 32 hex digits of a QR code. Spec 50, trap 10.
 * @throws {PhraseError} any of its codes
 */
export function readRecovery(text: string): AccountSeed {
  const digits = text.trim()
  if (!/^[0-9a-f]{32}$/i.test(digits)) return decodeRecoveryPhrase(text)
  const bytes = decodeHex(digits.toLowerCase())
  const seed = new AccountSeed(bytes)
  wipeBytes(bytes)
  return seed
}
