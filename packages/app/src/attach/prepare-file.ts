import { readImageHeader } from './image-header.ts'
import { type FileProblem } from './judge-files.ts'
import { attachLimits } from './limits.ts'
import { type PreparedFile, preparePicture } from './prepare-picture.ts'
import { videoPreview } from './video-frame.ts'

/** Reads a file and makes it ready to be sent; or says why it can't be. What it is is decided by its content. */
export async function prepareFile(file: File): Promise<PreparedFile | FileProblem> {
  const bytes = await readBytes(file)
  if (bytes === undefined) return 'unreadable'
  if (bytes.length === 0) return 'empty'
  const header = readImageHeader(bytes)
  if (header !== undefined) return preparePicture(file, bytes, header)
  if (bytes.length > attachLimits.bytes) return 'too-large'
  const preview = file.type.startsWith('video/') ? await videoPreview(file) : undefined
  return { bytes, name: file.name, preview }
}

/** It may have been moved or changed since it was chosen. */
async function readBytes(file: File): Promise<Uint8Array | undefined> {
  try {
    return new Uint8Array(await file.arrayBuffer())
  } catch {
    return undefined
  }
}
