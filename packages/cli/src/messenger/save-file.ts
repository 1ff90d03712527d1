import { mkdir, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type AttachmentView } from '@sotto/client'
import { releaseBytes } from '@sotto/protocol/crypto'
import { CliError } from '../cli-error.ts'
import { type Session } from './session.ts'

/** A file in a folder. */
export interface SavedFile {
  readonly path: string
  /** False if something was there already, which stays as it is. */
  readonly isNew: boolean
}

const PART_BYTES = 1_048_576

/**
 * Writes a file that is here to a folder, under its number and its name, which the client has cleaned; for its owner only.
 * @throws {CliError} `cli.no-folder`
 */
export async function saveFile(view: AttachmentView, folder: string, session: Session): Promise<SavedFile> {
  const path = join(folder, `${view.id}-${view.name}`)
  const file = await create(folder, path)
  if (file === undefined) return { path, isNew: false }
  try {
    await copy(view.id, session, async bytes => file.writeFile(bytes))
    await file.sync()
  } catch (error) {
    await rm(path, { force: true })
    throw error
  } finally {
    await file.close()
  }
  return { path, isNew: true }
}

/** `undefined` if there is such a file. */
async function create(folder: string, path: string): Promise<Awaited<ReturnType<typeof open>> | undefined> {
  try {
    await mkdir(folder, { recursive: true })
    return await open(path, 'wx', 0o600)
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST') return undefined
    throw new CliError('cli.no-folder', {}, { cause })
  }
}

async function copy(
  attachment: number,
  { client }: Session,
  write: (bytes: Uint8Array) => Promise<void>,
): Promise<void> {
  for (let offset = 0; ; offset += PART_BYTES) {
    const bytes = await client.command('attachments.read', { attachment, offset, length: PART_BYTES })
    const { length } = bytes
    await write(bytes)
    // Files are large, and what has been written would wait for a collection.
    releaseBytes(bytes)
    if (length < PART_BYTES) return
  }
}
