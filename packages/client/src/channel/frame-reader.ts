import { concatBytes, readUint32BigEndian } from '@sotto/protocol/encoding'
import { ChannelError } from './channel-error.ts'
import { decodeChannelFrame, maxFrameBytes } from './frame-codec.ts'

/** Cuts what comes over a socket into frames. Holds at most one frame and what came with it. */
export class FrameReader {
  #chunks: Uint8Array[] = []
  #held = 0
  #needed = 4

  /**
   * The frames that are complete with these bytes. After an error the rest means nothing.
   * @throws {ChannelError} `channel.too-large`, `channel.bad-frame`
   */
  push(chunk: Uint8Array): readonly unknown[] {
    this.#chunks.push(chunk)
    this.#held += chunk.length
    if (this.#held < this.#needed) return []
    const bytes = this.#chunks.length === 1 ? chunk : concatBytes(...this.#chunks)
    const frames: unknown[] = []
    let at = 0
    this.#needed = 4
    while (bytes.length - at >= 4) {
      const length = readUint32BigEndian(bytes, at)
      if (length > maxFrameBytes) throw new ChannelError('channel.too-large', { length })
      this.#needed = 4 + length
      if (bytes.length - at < this.#needed) break
      frames.push(decodeChannelFrame(bytes.subarray(at + 4, at + 4 + length)))
      at += 4 + length
      this.#needed = 4
    }
    this.#chunks = [bytes.slice(at)]
    this.#held = bytes.length - at
    return frames
  }
}
