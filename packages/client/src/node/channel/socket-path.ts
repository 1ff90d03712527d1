import { createHash } from 'node:crypto'
import { tmpdir, userInfo } from 'node:os'
import { join, resolve } from 'node:path'
import { platform } from 'node:process'

/** What fits the address of a Unix socket everywhere, with its final zero. */
const maxPathBytes = 103

/**
 * Where the process that has an account open listens: in the account's folder, or, if that name is too long for a socket, in a
 * folder of the user's own among the temporary files. On Windows it is a named pipe.
 */
export function socketPath(accountFolder: string): string {
  const folder = resolve(accountFolder)
  const digest = createHash('sha256').update(folder).digest('hex').slice(0, 32)
  if (platform === 'win32') return `\\\\.\\pipe\\sotto-${digest}`
  const path = join(folder, 'socket')
  if (Buffer.byteLength(path) <= maxPathBytes) return path
  return join(tmpdir(), `sotto-${userInfo().uid}`, digest)
}
