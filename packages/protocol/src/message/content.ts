import { type Call } from './call.ts'
import { type UnreadField } from './codec.ts'
import { type DataBody } from './data-message.ts'
import { type DataExtraction } from './data-extraction.ts'
import { type Expiry } from './expiry.ts'
import { type Pro } from './pro.ts'
import { type ReadReceipt } from './receipt.ts'
import { type RequestResponse } from './request-response.ts'
import { type SharedConfig } from './shared-config.ts'
import { type Typing } from './typing.ts'
import { type Unsend } from './unsend.ts'

/** What every content can carry beside what it is about. Spec 10 §4.2. */
export interface ContentHead {
  /**
   * Unix ms, authenticated by the encryption around it. Always sent; old senders left it out, or wrote 0. It must be that
   * of the envelope: see `isEnvelopeTimely`.
   */
  readonly sentAt?: number | undefined
  /** Absent in kinds that never expire. */
  readonly expiry?: Expiry | undefined
  readonly pro?: Pro | undefined
  /** 64 bytes; in rooms of communities only. See `signForRoom`. */
  readonly communityProSignature?: Uint8Array | undefined
  /** Ours: what the sender's client can do beyond what all clients can; bits of `ability`. docs/protocol/large-files.md. */
  readonly abilities?: number | undefined
  readonly unread?: readonly UnreadField[] | undefined
}

/**
 * A body that cannot be shown: empty, or of a kind that did not exist when this was written, or is dead. Its head is
 * read all the same. When formatted it is `bytes` again, whatever was done to the head. Spec 10 §4.2.
 */
export interface UnreadBody {
  readonly kind: 'unknown' | 'empty'
  /** The whole content. */
  readonly bytes: Uint8Array
}

/** What a content can be about. Spec 10 §4.2. */
export type ContentBody =
  | DataBody
  | ReadReceipt
  | Typing
  | DataExtraction
  | Unsend
  | Call
  | RequestResponse
  | SharedConfig
  | UnreadBody

/** The words by which features are told which content is theirs. No spec: the words are ours. */
export type ContentKind = ContentBody['kind']

/**
 * What one account says to another, decrypted and without padding. Byte members are views into what was read.
 * Spec 10 §4.2.
 */
export type Content = ContentHead & ContentBody

/** What a client can announce; bits of `ContentHead.abilities`. No spec: docs/protocol/large-files.md. */
export const ability = { largeFiles: 1 } as const
