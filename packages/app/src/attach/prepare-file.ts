import { readImageHeader } from '@sotto/client/images'
import { type FileProblem } from './judge-files.ts'
import { attachLimits } from './limits.ts'
import { type PreparedFile, preparePicture } from './prepare-picture.ts'
import { videoPreview } from './video-frame.ts'

/** Pictures say within these how large they are. */
const headBytes = 1_048_576

/** Makes a file ready to be sent, or says why it can't be. What it is is decided by its content, of which only that much is read. */
export async function prepareFile(file: File): Promise<PreparedFile | FileProblem> {
  if (file.size === 0) return 'empty'
  const head = await readHead(file)
  if (head === undefined) return 'unreadable'
  const header = readImageHeader(head)
  if (header !== undefined)
    return file.size > attachLimits.pictureFileBytes ? 'too-large' : preparePicture(file, header)
  const preview = file.type.startsWith('video/') ? await videoPreview(file) : undefined
  return { content: file, name: file.name, preview }
}

/** It may have been moved or changed since it was chosen. */
async function readHead(file: File): Promise<Uint8Array | undefined> {
  try {
    return new Uint8Array(await file.slice(0, headBytes).arrayBuffer())
  } catch {
    return undefined
  }
}
