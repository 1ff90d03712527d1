import { type AttachmentKind, detectType, kindOf, soundType, UNKNOWN_TYPE } from './file-type.ts'
import { readImageSize } from './images/image-size.ts'

/** What a file is, by its content. */
export interface Inspected {
  readonly kind: AttachmentKind
  readonly contentType: string
  readonly width: number | undefined
  readonly height: number | undefined
}

/**
 * Looks what a file is. A picture whose size is not known, or that is too large to be shown, is only a file. A `voice` is what
 * its sender calls one, if it is a sound.
 */
export function inspectFile(bytes: Uint8Array, claimed?: AttachmentKind): Inspected {
  const contentType = detectType(bytes)
  const kind = kindOf(contentType)
  if (kind === 'image') {
    const size = readImageSize(bytes, contentType)
    if (size === undefined) return { kind: 'file', contentType: UNKNOWN_TYPE, width: undefined, height: undefined }
    return { kind, contentType, ...size }
  }
  const sound = claimed === 'voice' || claimed === 'audio' ? soundType(contentType) : undefined
  if (claimed !== undefined && sound !== undefined) {
    return { kind: claimed, contentType: sound, width: undefined, height: undefined }
  }
  return { kind, contentType, width: undefined, height: undefined }
}
