import { createHmacSha256, createSha256, equalBytes } from '../crypto/index.ts'
import { overlap, steps } from './blocks.ts'
import { AttachmentError } from './attachment-error.ts'
import { type LegacyAttachmentKey, MAC_BYTES, macKeyOf } from './legacy-key.ts'

/** Holds a blob against its MAC and its digest; the pass before decrypting. Spec 10 §6.2. */
export class LegacyVerifier {
  readonly #mac
  readonly #hash = createSha256()
  readonly #givenMac = new Uint8Array(MAC_BYTES)
  readonly #macStart: number
  #at = 0

  constructor(key: LegacyAttachmentKey, blobSize: number) {
    this.#macStart = blobSize - MAC_BYTES
    this.#mac = createHmacSha256(macKeyOf(key))
  }

  update(piece: Uint8Array): void {
    const macStart = this.#macStart
    for (const step of steps(piece)) {
      this.#hash.update(step)
      this.#mac.update(overlap(step, this.#at, 0, macStart))
      this.#givenMac.set(overlap(step, this.#at, macStart, Infinity), Math.max(0, this.#at - macStart))
      this.#at += step.length
    }
  }

  /**
   * The MAC comes first: only who has the key is told about the digest.
   * @throws {AttachmentError} `attachment.bad-mac`, `attachment.bad-digest`
   */
  finish(digest: Uint8Array): void {
    if (!equalBytes(this.#mac.finish(), this.#givenMac)) throw new AttachmentError('attachment.bad-mac')
    if (!equalBytes(this.#hash.finish(), digest)) throw new AttachmentError('attachment.bad-digest')
  }

  close(): void {
    this.#mac.close()
    this.#hash.close()
  }
}
