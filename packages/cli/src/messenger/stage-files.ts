import { type FileHandle, open } from 'node:fs/promises'
import { basename } from 'node:path'
import { stageFile } from '@sotto/client'
import { CliError } from '../cli-error.ts'
import { type Session } from './session.ts'

/**
 * Gives files to the client for a message in a conversation, a few MiB at a time. Returns their ids there.
 * @throws {CliError} `cli.no-file`
 * @throws {AttachmentsError} for files that are too large there, and before they are read; for those that cannot go together
 */
export async function stageFiles(
  paths: readonly string[],
  conversation: string,
  { client }: Session,
): Promise<readonly number[]> {
  const ids: number[] = []
  for (const path of paths) {
    const file = await readable(open(path, 'r'))
    try {
      const { size: sizeBytes } = await readable(file.stat())
      const read = async (at: number, length: number): Promise<Uint8Array> => readable(readFully(file, at, length))
      ids.push((await stageFile(client, { conversation, name: basename(path), sizeBytes, read })).id)
    } finally {
      await file.close()
    }
  }
  return ids
}

/** A file that became shorter meanwhile cannot be read. */
async function readFully(file: FileHandle, at: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length)
  for (let done = 0; done < length;) {
    const { bytesRead } = await file.read(bytes, done, length - done, at + done)
    if (bytesRead === 0) throw new CliError('cli.no-file')
    done += bytesRead
  }
  return bytes
}

async function readable<T>(action: Promise<T>): Promise<T> {
  try {
    return await action
  } catch (cause) {
    if (cause instanceof CliError) throw cause
    throw new CliError('cli.no-file', {}, { cause })
  }
}
