import { blake2b } from '@sotto/protocol/crypto'
import { type Content, encodeContent } from '@sotto/protocol/message'

const DIGEST_LENGTH = 16

/**
 * Tells apart what has the same sender and time. Recipient and own devices of the sender get the same one: what differs
 * between their copies is left out. Spec 10 §5.9, spec 70 X21.
 */
export function contentDigest(content: Content): Uint8Array {
  return blake2b(DIGEST_LENGTH, encodeContent(common(content), Infinity))
}

function common(content: Content): Content {
  switch (content.kind) {
    case 'message':
    case 'reaction':
    case 'expiry-change':
      return { ...content, profile: undefined, syncTarget: undefined, pro: undefined, abilities: undefined }
    default:
      return content
  }
}
