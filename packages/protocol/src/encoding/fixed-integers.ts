import { EncodingError } from './encoding-error.ts'

/** Spec 20 §4.1. @throws {EncodingError} `encoding.out-of-bounds` */
export function readUint32LittleEndian(bytes: Uint8Array, at = 0): number {
  return viewAt(bytes, at, 4).getUint32(0, true)
}

/** Spec 20 §3.15. @throws {EncodingError} `encoding.out-of-bounds` */
export function readUint32BigEndian(bytes: Uint8Array, at = 0): number {
  return viewAt(bytes, at, 4).getUint32(0)
}

/** Spec 20 §2.2. @throws {EncodingError} `encoding.out-of-bounds` */
export function readUint64LittleEndian(bytes: Uint8Array, at = 0): bigint {
  return viewAt(bytes, at, 8).getBigUint64(0, true)
}

/** Spec 20 §2.1, §3.15. @throws {EncodingError} `encoding.out-of-bounds` */
export function readUint64BigEndian(bytes: Uint8Array, at = 0): bigint {
  return viewAt(bytes, at, 8).getBigUint64(0)
}

/**
 * 4 bytes. Spec 20 §4.1.
 * @throws {EncodingError} `encoding.out-of-range` for anything but an integer from 0 to 2^32 - 1
 */
export function encodeUint32LittleEndian(value: number): Uint8Array {
  return encodeUint32(value, true)
}

/**
 * 4 bytes. Spec 20 §3.15.
 * @throws {EncodingError} `encoding.out-of-range` for anything but an integer from 0 to 2^32 - 1
 */
export function encodeUint32BigEndian(value: number): Uint8Array {
  return encodeUint32(value, false)
}

/** 8 bytes. Spec 10 §3.6. @throws {EncodingError} `encoding.out-of-range` for anything but 0 to 2^64 - 1 */
export function encodeUint64LittleEndian(value: bigint): Uint8Array {
  return encodeUint64(value, true)
}

/** 8 bytes. Spec 20 §3.15. @throws {EncodingError} `encoding.out-of-range` for anything but 0 to 2^64 - 1 */
export function encodeUint64BigEndian(value: bigint): Uint8Array {
  return encodeUint64(value, false)
}

function viewAt(bytes: Uint8Array, at: number, size: number): DataView {
  const inside = Number.isSafeInteger(at) && at >= 0 && at + size <= bytes.length
  if (!inside) throw new EncodingError('encoding.out-of-bounds', { at, size, length: bytes.length })
  return new DataView(bytes.buffer, bytes.byteOffset + at, size)
}

function encodeUint32(value: number, littleEndian: boolean): Uint8Array {
  if (!Number.isInteger(value) || value < 0 || value > 0xffffffff) throw new EncodingError('encoding.out-of-range')
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value, littleEndian)
  return bytes
}

function encodeUint64(value: bigint, littleEndian: boolean): Uint8Array {
  if (value < 0n || value > 0xffffffffffffffffn) throw new EncodingError('encoding.out-of-range')
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, value, littleEndian)
  return bytes
}
