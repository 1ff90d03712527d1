import { open } from 'node:fs/promises'

/** Reads a file of at most `most` bytes; `undefined` if it has more. Its size is looked at before anything is allocated. */
export async function readAtMost(path: string, most: number): Promise<Uint8Array | undefined> {
  await using file = await open(path, 'r')
  const { size } = await file.stat()
  if (size > most) return undefined
  const bytes = new Uint8Array(size)
  let length = 0
  while (length < size) {
    const { bytesRead } = await file.read(bytes, length, size - length)
    if (bytesRead === 0) break
    length += bytesRead
  }
  return bytes.subarray(0, length)
}
