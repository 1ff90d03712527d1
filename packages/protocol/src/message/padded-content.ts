import { type Ed25519KeyPair, ed25519Sign, equalBytes } from '../crypto/index.ts'
import { padMessage, unpadMessage } from '../encoding/index.ts'
import { type WireLimits } from './check-wire.ts'
import { type Content } from './content.ts'
import { encodeContent } from './encode-content.ts'
import { MessageError } from './message-error.ts'
import { decodeContent } from './decode-content.ts'
import { type ProSignature } from './pro-proof.ts'

/**
 * A content as it is sealed to an account, encrypted to a blinded id, or posted in a room. Spec 10 §2.1, §3.1.
 * @throws {MessageError} those of `encodeContent`
 */
export function encodePaddedContent(content: Content): Uint8Array {
  return padMessage(encodeContent(content))
}

/**
 * Undoes `encodePaddedContent`; whatever the padding was. Spec 10 §2.1.
 * @throws {PaddingError} `padding.only-zeros`
 * @throws {MessageError} those of `decodeContent`
 */
export function decodePaddedContent(padded: Uint8Array, limits?: Partial<WireLimits>): Content {
  return decodeContent(unpadMessage(padded), limits)
}

/**
 * The content of a paying user for a room: the Pro signature goes over the padded content without it. Spec 10 §3.6.
 * @throws {MessageError} `message.no-pro-proof` if the content carries no proof of that key, and those of `encodeContent`
 */
export function signForRoom(content: Content, rotatingKeys: Ed25519KeyPair): Content {
  const unsigned = { ...content, communityProSignature: undefined }
  const key = content.pro?.proof?.rotatingPublicKey
  if (key === undefined || !equalBytes(key, rotatingKeys.publicKey)) throw new MessageError('message.no-pro-proof')
  return { ...content, communityProSignature: ed25519Sign(rotatingKeys, encodePaddedContent(unsigned)) }
}

/**
 * What `signForRoom` signed, for `proStatus`. Who wrote fields in an order of their own gets a bad signature, and nothing
 * worse. Spec 10 §3.6.
 * @throws {MessageError} those of `encodeContent`
 */
export function roomProSignature(content: Content): ProSignature | undefined {
  const signature = content.communityProSignature
  if (signature === undefined) return undefined
  return { signed: encodePaddedContent({ ...content, communityProSignature: undefined }), signature }
}
