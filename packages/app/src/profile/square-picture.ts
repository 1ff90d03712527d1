import { useEffect, useState } from 'react'
import { readImageHeader } from '@sotto/client/images'
import { attachLimits } from '../attach/limits.ts'
import { type Crop, cropPart, draw, encode } from '../pictures/index.ts'

/** Of a picture of a person as it is uploaded. Spec 50 §0. */
const side = 600
const maxBytes = 1_000_000

/** A picture on its way to be cropped. */
export type Decoded =
  | { readonly kind: 'reading' }
  | { readonly kind: 'ready'; readonly bitmap: ImageBitmap }
  | { readonly kind: 'failed'; readonly problem: 'unreadable' | 'too-large' }

const reading: Decoded = { kind: 'reading' }

/** Reads a picture upright; of one that moves, the first frame. The memory is given back when it is not shown any more. */
export function useDecoded(file: File): Decoded {
  const [decoded, setDecoded] = useState<Decoded>(reading)
  useEffect(() => {
    let current = true
    let bitmap: ImageBitmap | undefined
    const read = async (): Promise<void> => {
      const result = await decode(file).catch((): Decoded => ({ kind: 'failed', problem: 'unreadable' }))
      if (result.kind === 'ready') ({ bitmap } = result)
      if (current) setDecoded(result)
      else bitmap?.close()
    }
    void read()
    return () => {
      current = false
      bitmap?.close()
    }
  }, [file])
  return decoded
}

async function decode(file: File): Promise<Decoded> {
  if (file.size > attachLimits.pictureFileBytes) return { kind: 'failed', problem: 'too-large' }
  const header = readImageHeader(new Uint8Array(await file.arrayBuffer()))
  if (header === undefined) return { kind: 'failed', problem: 'unreadable' }
  if (header.width * header.height > attachLimits.pixels) return { kind: 'failed', problem: 'too-large' }
  const blob = file.slice(0, file.size, header.type)
  return { kind: 'ready', bitmap: await createImageBitmap(blob, { imageOrientation: 'from-image' }) }
}

/** The square of a crop, 600 pixels at most, with nothing but its pixels in it. @throws {DOMException} if there is no memory */
export async function squareOf(bitmap: ImageBitmap, crop: Crop): Promise<Uint8Array> {
  const part = cropPart(bitmap, crop)
  const width = Math.max(1, Math.min(side, Math.round(part.width)))
  const canvas = draw(bitmap, { width, height: width }, part)
  const tries = [0.9, 0.7].map(quality => ({ type: 'image/webp', quality, maxBytes }) as const)
  const bytes = await encode(canvas, [...tries, { type: 'image/jpeg', quality: 0.85, maxBytes }])
  canvas.width = 0
  if (bytes === undefined) throw new DOMException('no encoding is small enough', 'EncodingError')
  return bytes
}
