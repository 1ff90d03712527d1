import {
  BencodeError,
  decodeBencode,
  type Bencode,
  utf8Encode,
  decodeJson,
  type Json,
  JsonError,
} from '../encoding/index.ts'
import { outcomeBody, readOutcome } from './codec.ts'
import { MAX_BODY_BYTES, MAX_REPLY_MEMORY } from './limits.ts'
import { methods } from './methods/table.ts'
import { type MethodName, type Outcome, type StorageRequest } from './methods/types.ts'
import { StorageError } from './storage-error.ts'
import { BencodeWireReader } from './wire/bencode-wire.ts'
import { encodeWire, formatWire } from './wire/encode-wire.ts'
import { JsonWireReader } from './wire/json-wire.ts'
import { type Encoding, SpelledBytes } from './wire/wire.ts'
import { type WireReader } from './wire/wire-reader.ts'

const replyLimits = { maxBytes: MAX_BODY_BYTES, maxMemory: MAX_REPLY_MEMORY }

/** An outcome as it goes out. Spec 20 §3.1. */
export interface EncodedOutcome {
  /** Of the RPC; over HTTPS also that of the reply. Spec 20 §3.1. */
  readonly status: number
  /** `text` goes out as text/plain. `bytes` alone is not fit for JSON: an onion reply has it in base64. Spec 20 §3.15. */
  readonly kind: Encoding | 'text' | 'bytes'
  readonly body: Uint8Array
}

/** What a node answers, in the encoding in which it was asked. Spec 20 §3.1. */
export function encodeOutcome(outcome: Outcome, encoding: Encoding): EncodedOutcome {
  const { status, body } = outcomeBody(outcome, encoding)
  if (body instanceof SpelledBytes) return { status, kind: 'bytes', body: body.bytes }
  if (typeof body === 'string') return { status, kind: 'text', body: utf8Encode(body) }
  return { status, kind: encoding, body: encodeWire(body, encoding) }
}

/** An outcome in JSON or plain text, as the text that it is: for those who put it into something else. Spec 20 §3.1. */
export type FormattedOutcome =
  | { readonly status: number; readonly kind: 'json' | 'text'; readonly body: string }
  | { readonly status: number; readonly kind: 'bytes'; readonly body: Uint8Array }

/** The same as `encodeOutcome` in JSON, but that text is not made bytes of. Spec 20 §3.1. */
export function formatOutcome(outcome: Outcome): FormattedOutcome {
  const { status, body } = outcomeBody(outcome, 'json')
  if (body instanceof SpelledBytes) return { status, kind: 'bytes', body: body.bytes }
  return typeof body === 'string' ? { status, kind: 'text', body } : { status, kind: 'json', body: formatWire(body) }
}

/**
 * Reads the answer to a request. The body is JSON or plain text, or bencoding if that was asked. Nothing in it is checked
 * against signatures yet: see `verifyMembers`. Spec 20 §3.1.
 * @throws {StorageError} if the status says that it is the method's reply and it is not
 */
export function parseOutcome<M extends MethodName>(
  request: StorageRequest<M>,
  status: number,
  body: Uint8Array,
  encoding: Encoding = 'json',
): Outcome<M> {
  const { length } = body
  if (length > MAX_BODY_BYTES) throw new StorageError('storage.bad-reply', { length })
  if (status === 200 && methods[request.method].isBinary === true)
    return readOutcome(request, status, binaryReader(body))
  return readOutcome(request, status, status === 200 ? valueReader(body, encoding) : looseReader(body, encoding))
}

function valueReader(body: Uint8Array, encoding: Encoding): WireReader {
  try {
    return decode(body, encoding)
  } catch (cause) {
    if (isSyntaxError(cause)) throw new StorageError('storage.bad-reply', { length: body.length }, { cause })
    throw cause
  }
}

/** Refusals are plain text, but 404, 421 and 500 can come with an object. */
function looseReader(body: Uint8Array, encoding: Encoding): WireReader {
  try {
    return decode(body, encoding)
  } catch (cause) {
    if (isSyntaxError(cause)) return new JsonWireReader(lenientText(body), 'body')
    throw cause
  }
}

function decode(body: Uint8Array, encoding: Encoding): WireReader {
  return encoding === 'json'
    ? jsonReader(decodeJson(body, replyLimits))
    : bencodeReader(decodeBencode(body, replyLimits))
}

function jsonReader(value: Json): WireReader {
  return new JsonWireReader(value, 'body')
}

function bencodeReader(value: Bencode): WireReader {
  return new BencodeWireReader(value, 'body')
}

/** Raw bytes, or base64 where they came through JSON. Keys of nodes do not all happen to be base64. Spec 20 §3.15. */
function binaryReader(body: Uint8Array): WireReader {
  const isBase64 = body.every(isBase64Byte)
  return isBase64 ? jsonReader(lenientText(body)) : bencodeReader(body)
}

function isBase64Byte(byte: number): boolean {
  const isLetter = (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a)
  return isLetter || (byte >= 0x2f && byte <= 0x39) || byte === 0x2b || byte === 0x3d
}

function isSyntaxError(cause: unknown): boolean {
  return cause instanceof JsonError || cause instanceof BencodeError
}

const lenient = new TextDecoder()

/** Text of a refusal, for people: whatever is no UTF-8 in it does not matter. */
function lenientText(body: Uint8Array): string {
  return lenient.decode(body)
}
