import {
  blake2bWith,
  type Nonce24,
  nonce24,
  type RandomBytes,
  SymmetricKey,
  tryXchacha20poly1305Open,
  x25519,
  type X25519KeyPair,
  type X25519PublicKey,
  xchacha20poly1305Seal,
} from '../crypto/index.ts'
import {
  asBytes,
  decodeBencode,
  encodeBencode,
  expectBytes,
  expectList,
  asDict,
  utf8Encode,
} from '../encoding/index.ts'
import { MAX_MESSAGE_BYTES } from '../storage/index.ts'
import { SealError } from './seal-error.ts'

/** What all entries of one container have in common. Spec 10 §2.5. */
export interface MultiRecipientSealing {
  readonly sender: X25519KeyPair
  /** One message for all, or one for each. */
  readonly messages: readonly Uint8Array[]
  readonly recipients: readonly X25519PublicKey[]
  /** What it is for, 1 to 64 bytes: only a reader with the same word can open it. */
  readonly domain: string
  /** The same for all entries, whose keys differ. Must be fresh. */
  readonly nonce: Nonce24
  /** Hides how many recipients there are. */
  readonly junk?: JunkEntries
}

/** Random entries that make the number of entries a multiple. Spec 10 §2.5. */
export interface JunkEntries {
  readonly multiple: number
  readonly random: RandomBytes
  /** As long as real entries, which nobody can tell them from; or 16 bytes shorter, as libsession 1.2.0 makes them. */
  readonly likeMessages?: boolean
}

/** Each entry costs a reader an attempt to open it. */
const MAX_ENTRIES = 1024

/** The only purpose in use: the notice to members that were removed from a group. Spec 10 §2.5. */
export const KICKED_MESSAGE_DOMAIN = 'SessionGroupKickedMessage'

/**
 * Bencoded `{ "#": nonce, "e": [entry, …] }`, one entry for each recipient in their order, then junk. Spec 10 §2.5.
 * @throws {SealError} `seal.bad-recipients`, `seal.bad-domain`
 * @throws {CryptoError} `crypto.weak-key`
 */
export function sealForMany(sealing: MultiRecipientSealing): Uint8Array {
  const entries = sealEntries(sealing)
  return encodeMultiRecipient(sealing.nonce, [...entries, ...junkFor(entries, sealing.junk)])
}

/** The entries without their container. Throws what `sealForMany` throws. Spec 10 §2.5. */
export function sealEntries(sealing: MultiRecipientSealing): readonly Uint8Array[] {
  const { sender, messages, recipients, domain, nonce } = sealing
  if (messages.length !== 1 && messages.length !== recipients.length) {
    throw new SealError('seal.bad-recipients', { messages: messages.length, recipients: recipients.length })
  }
  return recipients.map((recipient, at) => {
    const key = entryKey(x25519(sender.secretKey, recipient), sender.publicKey, recipient, domain)
    return xchacha20poly1305Seal(key, nonce, messages[messages.length === 1 ? 0 : at] ?? new Uint8Array())
  })
}

/** The container of entries that are sealed already. Spec 10 §2.5. */
export function encodeMultiRecipient(nonce: Nonce24, entries: readonly Uint8Array[]): Uint8Array {
  return encodeBencode(
    new Map<string, Uint8Array | readonly Uint8Array[]>([
      ['#', nonce],
      ['e', entries],
    ]),
  )
}

/**
 * Tries every entry; `undefined` if none is for this recipient, sender and purpose. Spec 10 §2.5.
 * @throws {SealError} `seal.bad-domain`, `seal.bad-recipients` for more than 1024 entries
 * @throws {CryptoError} `crypto.weak-key`
 * @throws {BencodeError} for data that is no such container
 */
export function openForMany(
  encoded: Uint8Array,
  sender: X25519PublicKey,
  recipient: X25519KeyPair,
  domain: string,
): Uint8Array | undefined {
  const dict = asDict(decodeBencode(encoded, { maxBytes: MAX_MESSAGE_BYTES }))
  const nonce = nonce24(expectBytes(dict, '#', { length: 24 }))
  const entries = expectList(dict, 'e')
  if (entries.length > MAX_ENTRIES) throw new SealError('seal.bad-recipients', { recipients: entries.length })
  const key = entryKey(x25519(recipient.secretKey, sender), sender, recipient.publicKey, domain)
  for (const entry of entries) {
    const message = tryXchacha20poly1305Open(key, nonce, asBytes(entry))
    if (message !== undefined) return message
  }
  return undefined
}

/** BLAKE2b-32(X25519(s, R) ‖ S ‖ R), keyed with the domain. */
function entryKey(
  secret: Uint8Array,
  sender: X25519PublicKey,
  recipient: X25519PublicKey,
  domain: string,
): SymmetricKey {
  const key = utf8Encode(domain)
  if (key.length < 1 || key.length > 64) throw new SealError('seal.bad-domain', { length: key.length })
  return new SymmetricKey(blake2bWith(32, { key }, secret, sender, recipient))
}

function junkFor(entries: readonly Uint8Array[], junk: JunkEntries | undefined): readonly Uint8Array[] {
  if (junk === undefined || entries.length === 0) return []
  const count = (junk.multiple - (entries.length % junk.multiple)) % junk.multiple
  const shorter = junk.likeMessages === true ? 16 : 0
  return Array.from({ length: count }, (_, at) => {
    const like = entries[at % entries.length]
    return junk.random((like?.length ?? 0) - shorter)
  })
}
