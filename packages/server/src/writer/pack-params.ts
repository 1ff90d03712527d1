import type { WriteValue } from './operations.ts'

/** From this size on bytes are handed over rather than copied twice on the way. */
const transferFrom = 4096

/** A value ready to be posted. */
export interface PackedParams {
  readonly value: WriteValue
  /** About how much memory it takes. */
  readonly bytes: number
}

/**
 * Makes a value ready to be posted to another thread. A view into something larger would drag all of that along, a body
 * of 10 MiB for a message of 2 KB: it is cut out. Large bytes are copied once here and their copy is put on `transfers`,
 * so the caller's array stays the caller's.
 */
export function packParams(value: WriteValue, transfers: ArrayBuffer[]): PackedParams {
  if (value instanceof Uint8Array) return { value: packBytes(value, transfers), bytes: value.length }
  if (typeof value === 'string') return { value, bytes: 2 * value.length }
  if (typeof value !== 'object' || value === null) return { value, bytes: 8 }
  let bytes = 0
  const pack = (each: WriteValue): WriteValue => {
    const packed = packParams(each, transfers)
    bytes += packed.bytes
    return packed.value
  }
  if (isList(value)) return { value: value.map(pack), bytes }
  const members: Record<string, WriteValue> = {}
  for (const name of Object.keys(value)) members[name] = pack(value[name])
  return { value: members, bytes }
}

function packBytes(bytes: Uint8Array, transfers: ArrayBuffer[]): Uint8Array {
  if (bytes.length < transferFrom && bytes.length === bytes.buffer.byteLength) return bytes
  const own = new Uint8Array(bytes)
  if (own.length >= transferFrom) transfers.push(own.buffer)
  return own
}

function isList(value: WriteValue): value is readonly WriteValue[] {
  return Array.isArray(value)
}
