import { crc32 } from 'node:zlib'

/** A PNG of this size that says more than its pixels; its pixels are none. */
export function pngOf(width: number, height: number, more: readonly Uint8Array[] = []): Uint8Array {
  const size = new Uint8Array(13)
  new DataView(size.buffer).setUint32(0, width)
  new DataView(size.buffer).setUint32(4, height)
  size.set([8, 2, 0, 0, 0], 8)
  const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)
  const pixels = pngChunk('IDAT', new Uint8Array(10))
  return Uint8Array.from(
    Buffer.concat([signature, pngChunk('IHDR', size), ...more, pixels, pngChunk('IEND', new Uint8Array(0))]),
  )
}

export function pngChunk(name: string, data: Uint8Array): Uint8Array {
  const head = Buffer.alloc(4)
  head.writeUInt32BE(data.length)
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(body))
  return Uint8Array.from(Buffer.concat([head, body, sum]))
}
