import { readImageHeader } from '@sotto/client/images'

/** Far above what any client sends; more could only fill the memory. */
const maxPixels = 4_000_000
const types: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/webp', 'image/gif'])

/** An address for a picture that somebody else has made; `undefined` if it is none, or has more pixels than it may. */
export function pictureUrl(bytes: Uint8Array): string | undefined {
  const header = readImageHeader(bytes)
  if (header === undefined || !types.has(header.type) || header.width * header.height > maxPixels) return undefined
  return URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: header.type }))
}
