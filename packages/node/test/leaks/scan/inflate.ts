import { constants, gunzipSync, inflateRawSync, inflateSync, zstdDecompressSync } from 'node:zlib'

const maxOutputLength = 32 * 1024 * 1024
/** Enough for every stream that somebody writes on purpose; random bytes that begin like one are short. */
const maxStreams = 2000

interface Format {
  readonly magic: readonly number[]
  /** Bytes before the deflated ones; none if it is no deflate. */
  readonly head?: number
  readonly inflate: (bytes: Uint8Array) => Uint8Array
}

const cut = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength }

const formats: readonly Format[] = [
  { magic: [0x1f, 0x8b, 0x08], head: 10, inflate: bytes => gunzipSync(bytes, cut) },
  ...[0x01, 0x5e, 0x9c, 0xda].map(level => ({
    magic: [0x78, level],
    head: 2,
    inflate: (bytes: Uint8Array) => inflateSync(bytes, cut),
  })),
  {
    magic: [0x28, 0xb5, 0x2f, 0xfd],
    inflate: bytes => zstdDecompressSync(bytes, { finishFlush: constants.ZSTD_e_flush, maxOutputLength }),
  },
]

/** What compressed streams inside of the bytes hold, wherever they begin; also of those that are cut or followed by more. */
export function inflateAll(bytes: Uint8Array): readonly Uint8Array[] {
  const results: Uint8Array[] = []
  let tries = 0
  for (const { magic, head, inflate } of formats) {
    const mark = Buffer.from(magic)
    const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    for (let at = whole.indexOf(mark); at >= 0 && tries < maxStreams; at = whole.indexOf(mark, at + 1)) {
      tries++
      const inflated = tryInflate(inflate, bytes.subarray(at)) ?? tryRaw(bytes.subarray(at), head)
      if (inflated !== undefined && inflated.length > 0) results.push(inflated)
    }
  }
  return results
}

function tryInflate(inflate: (bytes: Uint8Array) => Uint8Array, bytes: Uint8Array): Uint8Array | undefined {
  try {
    return inflate(bytes)
  } catch {
    return undefined
  }
}

/** A stream that is damaged or followed by more, without its checksum. */
function tryRaw(bytes: Uint8Array, head: number | undefined): Uint8Array | undefined {
  return head === undefined ? undefined : tryInflate(rest => inflateRawSync(rest, cut), bytes.subarray(head))
}
