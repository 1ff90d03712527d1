import { SottoError } from '../error/index.ts'

/** Codes of `OnionError`; stable. No spec: the codes are ours. */
export type OnionErrorCode =
  | 'onion.too-large'
  | 'onion.truncated'
  | 'onion.bad-json'
  | 'onion.bad-key'
  | 'onion.unknown-cipher'
  | 'onion.bad-hop-number'
  | 'onion.too-many-hops'
  | 'onion.bad-ciphertext'
  | 'onion.bad-nonce'
  | 'onion.bad-path'
  | 'onion.bad-destination'
  | 'onion.bad-relay'
  | 'onion.bad-server-request'
  | 'onion.bad-server-reply'
  | 'onion.bad-endpoint'
  | 'onion.bad-node-reply'
  | 'onion.reply-unreadable'
  | 'onion.bad-padding'

const sentences: Readonly<Record<OnionErrorCode, string>> = {
  'onion.too-large': 'The request or reply is larger than 10 MiB, which is more than the network carries.',
  'onion.truncated': 'The request ends before its layer does.',
  'onion.bad-json': 'The routing information of a layer is not a JSON object, or is too long.',
  'onion.bad-key': 'The ephemeral key of a layer is missing or is not 32 bytes.',
  'onion.unknown-cipher': 'The layer is encrypted in a way that this program does not know.',
  'onion.bad-hop-number': 'The hop number of the request is not a number.',
  'onion.too-many-hops': 'The request has passed through too many nodes.',
  'onion.bad-ciphertext': 'A layer could not be decrypted: it was changed, or it is for another node.',
  'onion.bad-nonce': 'The nonce given for a layer has the wrong length.',
  'onion.bad-path': 'A path needs one pair of ephemeral key and nonce for each layer, and at most 15 hops.',
  'onion.bad-destination': 'The host, port or target of the server is not one that a node would connect to.',
  'onion.bad-relay': 'What a node passed on is not an onion request.',
  'onion.bad-server-request': 'The request to the server is not laid out as it should be.',
  'onion.bad-server-reply': 'The reply of the server is not laid out as it should be.',
  'onion.bad-endpoint': 'The endpoint of the request is not a path in valid UTF-8.',
  'onion.bad-node-reply': 'The reply of the node is not laid out as it should be.',
  'onion.reply-unreadable': 'The reply could not be decrypted with any key of the request.',
  'onion.bad-padding': 'No reply or request of that size can be made.',
}

/** Onion requests and replies that are not what spec 20 §4 and spec 40 §1 allow. */
export class OnionError extends SottoError<OnionErrorCode> {
  override readonly name = 'OnionError'

  override get sentence(): string {
    return sentences[this.code]
  }
}
