import {
  asBytes,
  asInteger,
  asList,
  asText,
  BencodeError,
  concatBytes,
  decodeBencode,
  encodeBencode,
  utf8Encode,
} from '../encoding/index.ts'
import { StorageError } from './storage-error.ts'

/** A message on a request stream. Spec 20 §3.16. */
export type QuicMessage =
  | { readonly kind: 'command'; readonly id: bigint; readonly endpoint: string; readonly body: Uint8Array }
  | { readonly kind: 'reply'; readonly id: bigint; readonly body: Uint8Array }
  /** The body begins with the status and its reason in plain text. Spec 20, trap 22. */
  | { readonly kind: 'error'; readonly id: bigint; readonly body: Uint8Array }

/** The longest payload. Spec 20 §3.16. */
export const MAX_QUIC_PAYLOAD = 10_000_000

const COLON = 0x3a
const ZERO = 0x30
const MAX_DIGITS = 8

/**
 * `<decimal length>:<payload>`, the payload a bencoded list: `["C", id, endpoint, body]`, `["R", id, body]` or
 * `["E", id, body]`. Spec 20 §3.16.
 */
export function encodeQuicMessage(message: QuicMessage): Uint8Array {
  const { id, body } = message
  const payload =
    message.kind === 'command'
      ? encodeBencode(['C', id, message.endpoint, body])
      : encodeBencode([message.kind === 'reply' ? 'R' : 'E', id, body])
  return concatBytes(utf8Encode(`${payload.length}:`), payload)
}

/** A frame at the beginning of what has arrived. Spec 20 §3.16. */
export interface QuicFrame {
  /** A view. */
  readonly payload: Uint8Array
  /** Where the next frame begins. */
  readonly end: number
}

/**
 * The frame at a position; `undefined` while it has not arrived whole. Looks at the length only, so asking again for every
 * byte that arrives costs little. Spec 20 §3.16.
 * @throws {StorageError} `storage.bad-frame` for a length that is none or too large
 */
export function readQuicFrame(input: Uint8Array, at = 0): QuicFrame | undefined {
  let length = 0
  for (let digits = 0; digits <= MAX_DIGITS; digits++) {
    const byte = input[at + digits]
    if (byte === undefined) return undefined
    if (byte === COLON && digits > 0) return frameOf(input, at + digits + 1, length)
    if (byte < ZERO || byte > ZERO + 9) break
    length = length * 10 + byte - ZERO
  }
  throw new StorageError('storage.bad-frame', { at })
}

/** Spec 20 §3.16. @throws {StorageError} `storage.bad-frame` */
export function decodeQuicMessage(payload: Uint8Array): QuicMessage {
  try {
    const [kind, id, third, fourth, ...more] = asList(decodeBencode(payload, { maxBytes: MAX_QUIC_PAYLOAD }))
    if (kind === undefined || id === undefined || third === undefined || more.length > 0) throw badMessage()
    return messageOf(asText(kind), asInteger(id), {
      third: asBytes(third),
      fourth: fourth === undefined ? undefined : asBytes(fourth),
    })
  } catch (cause) {
    if (cause instanceof BencodeError) throw badMessage(cause)
    throw cause
  }
}

function frameOf(input: Uint8Array, start: number, length: number): QuicFrame | undefined {
  if (length > MAX_QUIC_PAYLOAD) throw new StorageError('storage.bad-frame', { length })
  const end = start + length
  return end > input.length ? undefined : { payload: input.subarray(start, end), end }
}

function messageOf(
  kind: string,
  id: bigint,
  { third, fourth }: { readonly third: Uint8Array; readonly fourth: Uint8Array | undefined },
): QuicMessage {
  if (kind === 'C' && fourth !== undefined) return { kind: 'command', id, endpoint: asText(third), body: fourth }
  if (fourth !== undefined) throw badMessage()
  if (kind === 'R') return { kind: 'reply', id, body: third }
  if (kind === 'E') return { kind: 'error', id, body: third }
  throw badMessage()
}

function badMessage(cause?: unknown): StorageError {
  return new StorageError('storage.bad-frame', {}, { cause })
}
