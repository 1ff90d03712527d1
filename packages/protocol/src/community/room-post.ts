import { accountKey, blindedKey } from '../account/index.ts'
import {
  ed25519KeyPairToX25519,
  ed25519Verify,
  withSignBit,
  tryX25519ToEd25519,
  xed25519Sign,
  type Ed25519Signature,
  type RandomBytes,
} from '../crypto/index.ts'
import { padMessage } from '../encoding/index.ts'
import { signAsIdentity, type CommunityIdentity } from './identity.ts'
import { isAccountId, type CommunityUserId } from './user-id.ts'

/** A message in a room: not encrypted, without envelope. Spec 40 §4.5. */
export interface RoomPost {
  /** Padded content; `unpadMessage` takes it out. */
  readonly data: Uint8Array
  /** Covers the padded bytes. */
  readonly signature: Ed25519Signature
}

/**
 * Pads and signs content for a room. A blinded identity signs with its key; an unblinded one with XEd25519, for which 64 bytes
 * are drawn, because others know only its X25519 key. Spec 40 §4.5, §7.4.
 */
export function signRoomPost(identity: CommunityIdentity, content: Uint8Array, random: RandomBytes): RoomPost {
  const data = padMessage(content)
  if (identity.scheme !== '00') return { data, signature: signAsIdentity(identity, data) }
  const { secretKey } = ed25519KeyPairToX25519(identity.account)
  return { data, signature: xed25519Sign(secretKey, data, random(64)) }
}

/**
 * Whether a user wrote a post. Servers do not check this, so every client must. For an account id both signs of its Ed25519 key
 * are tried: XEd25519, as desktop clients sign, is the positive one, and Android signs with the key as it is. Spec 40 §4.5, §7.3.
 */
export function verifyRoomPost(author: CommunityUserId, { data, signature }: RoomPost): boolean {
  if (!isAccountId(author)) return ed25519Verify(blindedKey(author), data, signature)
  const key = tryX25519ToEd25519(accountKey(author))
  if (key === undefined) return false
  return ed25519Verify(key, data, signature) || ed25519Verify(withSignBit(key, 1), data, signature)
}
