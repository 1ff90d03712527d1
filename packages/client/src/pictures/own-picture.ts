import {
  extendRequest,
  FileServerError,
  formatFileUrl,
  parseFileInfo,
  parseFileUrl,
  sealLegacyPicture,
} from '@sotto/protocol/attachment'
import { nonce12, SymmetricKey } from '@sotto/protocol/crypto'
import { encodeHex } from '@sotto/protocol/encoding'
import { AttachmentsError } from '../attachments/attachments-error.ts'
import { askFileServer } from '../attachments/ask-file-server.ts'
import { bringToServer } from '../attachments/bring-to-server.ts'
import { type EngineContext } from '../engine/context.ts'
import { journalOf, recordDecision } from '../engine/journal.ts'
import { numberOf, optionalBytes, optionalNumber, optionalText } from '../store/columns.ts'
import { type Tx } from '../store/store.ts'
import { checkPicture, MAX_OWN_BYTES } from './check-picture.ts'
import { PicturesError } from './pictures-error.ts'

/** A file that was brought to its server so long ago is brought there again if it cannot be kept longer. Spec 10 §6.1. */
const OLD_MS = 12 * 86_400_000

/**
 * Makes a picture the own one: encrypted, on the server and checked there, and then part of the profile, which others learn with
 * the next message to them. Spec 10 §6.1.
 * @throws {PicturesError} @throws {AttachmentsError} @throws {NetworkError} @throws {FileServerError} `file-server.bad-reply`
 */
export async function setOwnPicture(bytes: Uint8Array, context: EngineContext): Promise<void> {
  const { files, own, random, store, time } = context
  const picture = checkPicture(bytes, MAX_OWN_BYTES)
  if (store.read(reader => reader.get('SELECT 1 FROM profile WHERE name IS NOT NULL')) === undefined) {
    throw new PicturesError('pictures.no-name')
  }
  const key = random(32)
  const url = await uploadPicture(picture, key, context)
  const written = await files.write(picture)
  try {
    store.write(tx => {
      const sql = 'INSERT INTO pictures (account, url, key, file) VALUES (?, ?, ?, ?)'
      tx.run('DELETE FROM pictures WHERE account = ?', own)
      tx.run(sql, own, url, key, files.claim(tx, written))
      decide(tx, { url, key }, time.now())
    })
  } finally {
    await files.discard(written)
  }
}

/** Has none any more; others learn it with the next message to them. */
export function clearOwnPicture({ own, store, time }: EngineContext): void {
  store.write(tx => {
    tx.run('DELETE FROM pictures WHERE account = ?', own)
    decide(tx, undefined, time.now())
  })
}

/**
 * Has the server keep the own picture longer; where it does not and the picture is old, brings it there again, under the same
 * key. For others it stays the same picture. Spec 10 §6.1.
 * @throws {NetworkError} @throws {AttachmentsError}
 */
export async function keepOwnPicture(context: EngineContext): Promise<void> {
  const { files, own, store, time } = context
  const row = store.read(reader =>
    reader.get(
      `SELECT f.updated_at_seconds, f.reuploaded_at_seconds, f.picture_key, coalesce(f.reuploaded_url, f.picture_url) AS url,
      p.file FROM profile f LEFT JOIN pictures p ON p.account = ? WHERE f.picture_url IS NOT NULL`,
      own,
    ),
  )
  const url = row && optionalText(row, 'url')
  const key = row && optionalBytes(row, 'picture_key')
  if (row === undefined || url === undefined || key === undefined) return
  const file = optionalNumber(row, 'file')
  const broughtAt = 1000 * Math.max(numberOf(row, 'updated_at_seconds'), numberOf(row, 'reuploaded_at_seconds'))
  if (await extend(url, context)) return
  if (time.now() - broughtAt < OLD_MS || file === undefined) return
  const next = await uploadPicture(await files.read(file), key, context)
  store.write(tx => {
    const sql =
      'UPDATE profile SET reuploaded_url = ?, reuploaded_key = ?, reuploaded_at_seconds = ? WHERE picture_key = ?'
    tx.run(sql, next, key, Math.floor(time.now() / 1000), key) // another picture has another key
  })
}

async function uploadPicture(
  picture: Uint8Array,
  key: Uint8Array,
  { fileServer, openSession, own, random, stopped: signal }: EngineContext,
): Promise<string> {
  const server = fileServer()
  const blob = sealLegacyPicture(picture, new SymmetricKey(key), nonce12(random(12)))
  const id = await bringToServer(blob, { session: openSession(`files:${own}`), server, signal })
  return formatFileUrl({ server, id, deterministic: false })
}

/** Whether the server keeps it longer; one that cannot says that it does not know such a file. */
async function extend(url: string, { openSession, own, stopped: signal }: EngineContext): Promise<boolean> {
  try {
    const { id, server } = parseFileUrl(url)
    const session = openSession(`files:${own}`)
    const { body } = await askFileServer({ session, server, request: extendRequest(id), signal })
    parseFileInfo(body)
    return true
  } catch (error) {
    const isRefused = error instanceof AttachmentsError || error instanceof FileServerError
    if (isRefused) return false
    throw error
  }
}

function decide(tx: Tx, picture: { readonly url: string; readonly key: Uint8Array } | undefined, now: number): void {
  tx.run(
    // Others take only what is newer, and tell no two of one second apart.
    `UPDATE profile SET picture_url = ?, picture_key = ?, updated_at_seconds = max(updated_at_seconds + 1, ?),
    reuploaded_url = NULL, reuploaded_key = NULL, reuploaded_at_seconds = 0`,
    picture?.url ?? null,
    picture?.key ?? null,
    Math.floor(now / 1000),
  )
  const entry = { namespace: journalOf.userProfile, subject: '' }
  recordDecision(tx, { ...entry, field: 'p', value: picture?.url ?? null }, now)
  recordDecision(tx, { ...entry, field: 'q', value: picture === undefined ? null : encodeHex(picture.key) }, now)
}
