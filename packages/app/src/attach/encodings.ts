import { type ImageHeader } from '@sotto/client/images'
import { type Encoding } from '../pictures/index.ts'
import { attachLimits } from './limits.ts'

const { bytes: maxBytes } = attachLimits
/** Drawings and screens are small as PNG and stay sharp; a photo is better off as JPEG. */
const maxPlainPngBytes = 3_000_000
const endings = { 'image/png': '.png', 'image/jpeg': '.jpg', 'image/webp': '.webp' } as const

/** How a picture is encoded that does not move: the first that is small enough. What can be seen through stays so. */
export function encodingsOf({ type, hasAlpha }: Pick<ImageHeader, 'type' | 'hasAlpha'>): readonly Encoding[] {
  const photo = [0.9, 0.8].map(quality => ({ type: 'image/jpeg', quality, maxBytes }) as const)
  if (!hasAlpha) return type === 'image/png' ? [{ type, maxBytes: maxPlainPngBytes }, ...photo] : photo
  const clear = [0.9, 0.8].map(quality => ({ type: 'image/webp', quality, maxBytes }) as const)
  return type === 'image/png' ? [{ type, maxBytes }, ...clear] : clear
}

/** The name with the ending of what the bytes are now. */
export function renamed(name: string, [first]: Uint8Array): string {
  const type = first === 0x89 ? 'image/png' : first === 0xff ? 'image/jpeg' : 'image/webp'
  if (type === 'image/jpeg' && /\.jpe?g$/i.test(name)) return name
  return `${name.replace(/\.[^.]{1,5}$/, '')}${endings[type]}`
}
