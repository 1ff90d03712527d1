import { decodeHexOrBase64, isJsonList, isJsonObject, type Json, type JsonObject } from '../encoding/index.ts'
import { PushRequestError } from './push-request-error.ts'

/** Null counts as missing. @throws {PushRequestError} `push-request.missing-field` */
export function requireField(fields: JsonObject, name: string): Json {
  const value = optionalField(fields, name)
  if (value === undefined) throw new PushRequestError('push-request.missing-field')
  return value
}

/** Null counts as missing. */
export function optionalField(fields: JsonObject, name: string): Json | undefined {
  return fields.get(name) ?? undefined
}

/** Exactly `size` bytes in hex, or in base64 with or without padding. @throws {PushRequestError} `push-request.bad-field` */
export function asBytes(value: Json, size: number): Uint8Array {
  const bytes = typeof value === 'string' ? decodeHexOrBase64(value, size) : undefined
  if (bytes === undefined) throw new PushRequestError('push-request.bad-field', { expected: size })
  return bytes
}

/** @throws {PushRequestError} `push-request.bad-field` */
export function asInteger(value: Json, min: number, max = Number.MAX_SAFE_INTEGER): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < min || value > max) {
    throw new PushRequestError('push-request.bad-field')
  }
  return value
}

/** @throws {PushRequestError} `push-request.bad-field` */
export function asFlag(value: Json): boolean {
  if (typeof value !== 'boolean') throw new PushRequestError('push-request.bad-field')
  return value
}

/** At least one character. @throws {PushRequestError} `push-request.bad-field` */
export function asText(value: Json, maxLength: number): string {
  if (typeof value !== 'string' || value === '' || value.length > maxLength) {
    throw new PushRequestError('push-request.bad-field')
  }
  return value
}

/** @throws {PushRequestError} `push-request.bad-field` */
export function asList(value: Json): readonly Json[] {
  if (!isJsonList(value)) throw new PushRequestError('push-request.bad-field')
  return value
}

/** @throws {PushRequestError} `push-request.bad-field` */
export function asObject(value: Json): JsonObject {
  if (!isJsonObject(value)) throw new PushRequestError('push-request.bad-field')
  return value
}
