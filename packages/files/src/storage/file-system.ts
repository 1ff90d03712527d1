import { mkdir, open, readdir, rename, stat, statfs, unlink } from 'node:fs/promises'

/** The part of a disk that keeping files needs; tests put one between that breaks. */
export interface FileSystem {
  readonly mkdir: typeof mkdir
  readonly open: typeof open
  readonly readdir: (path: string) => Promise<string[]>
  readonly readFile: (path: string) => Promise<Uint8Array>
  readonly rename: (from: string, to: string) => Promise<void>
  readonly stat: (path: string) => Promise<{ readonly size: number }>
  readonly statfs: (path: string) => Promise<{ readonly bavail: number; readonly bsize: number }>
  readonly unlink: (path: string) => Promise<void>
}

/** The machine's own. */
export const systemFileSystem: FileSystem = {
  mkdir,
  open,
  readdir: async path => readdir(path),
  readFile: readWhole,
  rename,
  stat: async path => stat(path),
  statfs: async path => statfs(path),
  unlink,
}

/** Node's own reads large files in parts and joins them. */
async function readWhole(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const bytes = new Uint8Array(size)
    let at = 0
    while (at < size) {
      const { bytesRead } = await file.read(bytes, at, size - at)
      if (bytesRead === 0) break
      at += bytesRead
    }
    return bytes.subarray(0, at)
  } finally {
    await file.close()
  }
}
