import { BencodeError, decodeBencode, decodeJson, isJsonObject, type Json, JsonError } from '../encoding/index.ts'
import { formatParams, parseParams } from './codec.ts'
import { MAX_BODY_BYTES } from './limits.ts'
import { methodNamed } from './methods/table.ts'
import { type MethodName, type StorageRequest } from './methods/types.ts'
import { StorageError } from './storage-error.ts'
import { BencodeWireReader } from './wire/bencode-wire.ts'
import { encodeWire } from './wire/encode-wire.ts'
import { JsonWireFields } from './wire/json-wire.ts'
import { wireObject, type Encoding } from './wire/wire.ts'
import { type WireFields } from './wire/wire-reader.ts'

const outside = { isInBatch: false, ifElses: 0 }
const DICT_MARK = 0x64

/**
 * Reads `{"method", "params"}`, the JSON of HTTPS and of the innermost layer of an onion. Spec 20 §3.1.
 * @throws {StorageError} with the status 400, or 413 past 10 MiB
 */
export function parseRequest(body: Uint8Array): StorageRequest {
  const envelope = readJson(body)
  if (!isJsonObject(envelope)) throw new StorageError('storage.invalid-json')
  const name = envelope.get('method')
  if (typeof name !== 'string') throw new StorageError('storage.no-method')
  const params = envelope.get('params')
  if (!isJsonObject(params)) throw new StorageError('storage.no-params')
  return parseParams(knownMethod(name), new JsonWireFields(params), outside)
}

/**
 * Reads the parameters alone, where the method is named beside them: OMQ and QUIC. JSON, or bencoding if it begins with a
 * `d`; an empty body is `{}`. Spec 20 §3.1.
 * @throws {StorageError} with the status 400, or 413 past 10 MiB
 */
export function parseNamedRequest(method: string, body: Uint8Array): StorageRequest {
  return parseParams(knownMethod(method), readParams(body), outside)
}

/** How a body of parameters is encoded; the reply is encoded in the same way. Spec 20 §3.1. */
export function encodingOf(body: Uint8Array): Encoding {
  return body[0] === DICT_MARK ? 'bencode' : 'json'
}

/** `{"method", "params"}` in JSON. Undone by {@link parseRequest}. Spec 20 §3.1. */
export function formatRequest<M extends MethodName>(request: StorageRequest<M>): Uint8Array {
  const members = { method: request.method, params: formatParams(request, 'json') }
  return encodeWire(wireObject(members), 'json')
}

/** The parameters alone. Undone by {@link parseNamedRequest}. Spec 20 §3.1. */
export function formatNamedRequest<M extends MethodName>(request: StorageRequest<M>, encoding: Encoding): Uint8Array {
  return encodeWire(formatParams(request, encoding), encoding)
}

function knownMethod(name: string): MethodName {
  const method = methodNamed(name)
  if (method === undefined) throw new StorageError('storage.unknown-method', {}, { subject: name })
  return method
}

function readParams(body: Uint8Array): WireFields {
  if (encodingOf(body) === 'bencode') return readBencode(body)
  if (body.length === 0) return new JsonWireFields(new Map())
  const params = readJson(body)
  if (!isJsonObject(params)) throw new StorageError('storage.invalid-json')
  return new JsonWireFields(params)
}

function readJson(body: Uint8Array): Json {
  requireLength(body)
  try {
    return decodeJson(body, { maxBytes: MAX_BODY_BYTES })
  } catch (cause) {
    if (cause instanceof JsonError) throw new StorageError('storage.invalid-json', {}, { cause })
    throw cause
  }
}

function readBencode(body: Uint8Array): WireFields {
  requireLength(body)
  try {
    return new BencodeWireReader(decodeBencode(body, { maxBytes: MAX_BODY_BYTES }), '').fields()
  } catch (cause) {
    if (cause instanceof BencodeError) throw new StorageError('storage.invalid-bencode', {}, { cause })
    throw cause
  }
}

function requireLength({ length }: Uint8Array): void {
  if (length > MAX_BODY_BYTES) throw new StorageError('storage.too-long', { length })
}
