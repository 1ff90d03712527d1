import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import { CliError } from '../cli-error.ts'
import { type Session } from './session.ts'

/** Pictures lose some bytes before the client measures them; beyond this nothing is read. */
const MAX_READ_BYTES = 12_000_000

/**
 * Gives files to the client for a message in a conversation. Returns their ids there.
 * @throws {CliError} `cli.no-file`, `cli.file-too-large`
 * @throws {AttachmentsError} for files that cannot go together
 */
export async function stageFiles(
  paths: readonly string[],
  conversation: string,
  { client }: Session,
): Promise<readonly number[]> {
  const ids: number[] = []
  for (const path of paths) {
    const file = { conversation, bytes: await readFile(path), name: basename(path) }
    ids.push((await client.command('attachments.stage', file)).id)
  }
  return ids
}

async function readFile(path: string): Promise<Uint8Array> {
  try {
    const file = await open(path, 'r')
    try {
      const { size } = await file.stat()
      if (size > MAX_READ_BYTES) throw new CliError('cli.file-too-large', { size })
      return new Uint8Array(await file.readFile())
    } finally {
      await file.close()
    }
  } catch (cause) {
    if (cause instanceof CliError) throw cause
    throw new CliError('cli.no-file', {}, { cause })
  }
}
