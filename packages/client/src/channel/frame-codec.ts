import {
  concatBytes,
  decodeJson,
  encodeUint32BigEndian,
  EncodingError,
  formatJson,
  JsonError,
  readUint32BigEndian,
  utf8Encode,
} from '@sotto/protocol/encoding'
import { ChannelError } from './channel-error.ts'
import { packValue, unpackValue } from './plain-data.ts'

/** The longest frame on a socket, without its length. */
export const maxFrameBytes = 16 * 1024 * 1024

/**
 * A frame as it goes over a socket: length of the rest u32 ‖ length of the JSON u32 ‖ JSON ‖ byte strings, one after another.
 * @throws {ChannelError} `channel.bad-value` for what is no plain data, `channel.too-large`
 */
export function encodeChannelFrame(frame: unknown): Uint8Array {
  const blobs: Uint8Array[] = []
  const json = utf8Encode(formatJson(packValue(frame, blobs)))
  const length = 4 + json.length + blobs.reduce((sum, blob) => sum + blob.length, 0)
  if (length > maxFrameBytes) throw new ChannelError('channel.too-large', { length })
  return concatBytes(encodeUint32BigEndian(length), encodeUint32BigEndian(json.length), json, ...blobs)
}

/**
 * Reads what follows the length of a frame.
 * @throws {ChannelError} `channel.bad-frame`
 */
export function decodeChannelFrame(body: Uint8Array): unknown {
  const length = body.length
  if (length < 4) throw new ChannelError('channel.bad-frame', { length })
  const jsonEnd = 4 + readUint32BigEndian(body, 0)
  if (jsonEnd > length) throw new ChannelError('channel.bad-frame', { length, jsonEnd })
  try {
    const json = decodeJson(body.subarray(4, jsonEnd), { maxBytes: maxFrameBytes })
    return unpackValue(json, body.subarray(jsonEnd))
  } catch (cause) {
    if (cause instanceof JsonError || cause instanceof EncodingError) {
      throw new ChannelError('channel.bad-frame', { length }, { cause })
    }
    throw cause
  }
}
