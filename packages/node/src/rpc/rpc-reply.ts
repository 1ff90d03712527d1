import {
  type EncodedOutcome,
  errorReply,
  failedReply,
  type FormattedOutcome,
  type StorageError,
  type TextReply,
} from '@sotto/protocol/storage'
import { utf8Decode } from '@sotto/protocol/encoding'

/** The content types in which a node answers. Spec 20 §3.1; bencoding and `active_nodes_bin` are octets. */
type RpcContentType = 'application/json' | 'text/plain' | 'application/octet-stream'

/** What a node answers to one request of the storage RPC. Over HTTPS the status is that of the reply. Spec 20 §3.1. */
export interface RpcReply {
  /** Of spec 20 §3.17. */
  readonly status: number
  readonly contentType: RpcContentType
  /** A string where the content type is JSON or text, bytes otherwise. An onion has bytes in base64. Spec 20 §3.15. */
  readonly body: string | Uint8Array
  /** Whether an onion pads this reply to a bucket: held retrieves ask for it. Spec 21 §4. */
  readonly pad?: boolean
}

/** An outcome as it goes out. */
export function replyOf({ status, kind, body }: EncodedOutcome | FormattedOutcome): RpcReply {
  switch (kind) {
    case 'json':
      return { status, contentType: 'application/json', body: textOf(body) }
    case 'text':
      return { status, contentType: 'text/plain', body: textOf(body) }
    default:
      return { status, contentType: 'application/octet-stream', body }
  }
}

function textOf(body: Uint8Array | string): string {
  return typeof body === 'string' ? body : utf8Decode(body)
}

/** A status with a plain text. */
function textReply({ status, text }: TextReply): RpcReply {
  return { status, contentType: 'text/plain', body: text }
}

/** The reply to a request that was refused. */
export function refusedReply(error: StorageError): RpcReply {
  return textReply(errorReply(error))
}

/** The reply when something went wrong inside. Spec 20 §3.1. */
export const brokenReply: RpcReply = textReply(failedReply)
