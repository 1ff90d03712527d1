import { downloadRequest, openDeterministicFile, openLegacyPicture, parseFileUrl } from '@sotto/protocol/attachment'
import { SymmetricKey } from '@sotto/protocol/crypto'
import { askFileServer } from '../attachments/ask-file-server.ts'
import { AttachmentsError } from '../attachments/attachments-error.ts'
import { isAtKnownServer } from '../attachments/known-server.ts'
import { isLasting, isUnforeseen } from '../attachments/transfer-error.ts'
import { type EngineContext } from '../engine/context.ts'
import { type DueJob } from '../schedule/job.ts'
import { bytesOf, numberOf, optionalNumber, textOf } from '../store/columns.ts'
import { type SqlRow } from '../store/sql.ts'
import { type Reader, type Tx } from '../store/store.ts'
import { checkPicture, MAX_PICTURE_BYTES } from './check-picture.ts'

/** The name of the job that fetches pictures of contacts. It has no key. */
export const PICTURES_JOB = 'pictures'

/** Spec 10 §6.1. */
const MAX_ATTEMPTS = 3
const PAUSE_MS = 10_000
/** How often it is asked whether there is a connection. */
const PATIENCE_MS = 30_000

/** What contacts say of their pictures and what is here are not the same. Pictures of strangers are not fetched. */
const WANTED = `SELECT c.id, c.picture_url, c.picture_key FROM contacts c LEFT JOIN pictures p ON p.account = c.id
  WHERE c.picture_url IS NOT NULL AND c.approved = 1 AND c.blocked = 0
  AND (p.account IS NULL OR p.url IS NOT c.picture_url OR p.key IS NOT c.picture_key)`
const UNWANTED = `account != ? AND account NOT IN (SELECT id FROM contacts WHERE picture_url IS NOT NULL)`

/** Follows what contacts say of their pictures; returns what ends that. */
export function followPictures(context: EngineContext): () => void {
  const { own, report, schedule, stopped, store, time } = context
  const look = (): void => {
    const isOther = (reader: Reader): boolean =>
      reader.get(`${WANTED} LIMIT 1`) !== undefined ||
      reader.get(`SELECT 1 FROM pictures WHERE ${UNWANTED} LIMIT 1`, own) !== undefined
    if (!store.read(isOther)) return
    store.write(tx => {
      noteWanted(tx, context)
      schedule.at(tx, PICTURES_JOB, '', time.now())
    })
  }
  look()
  return store.onChange(topics => {
    if (!topics.has('contacts') || stopped.aborted) return
    try {
      look()
    } catch (error) {
      report(error)
    }
  })
}

/** Fetches one picture, if there is one to fetch. Returns when to do so again. Spec 10 §6.1. */
export async function loadPictures(_: DueJob, context: EngineContext): Promise<number | undefined> {
  const { connection, store, time } = context
  const { kind } = connection()
  const row = store.read(reader =>
    reader.get('SELECT * FROM pictures WHERE next_at IS NOT NULL ORDER BY next_at LIMIT 1'),
  )
  if (row === undefined) return undefined
  if (kind !== 'live' && kind !== 'polling') return time.now() + PATIENCE_MS
  const nextAt = numberOf(row, 'next_at')
  if (nextAt > time.now()) return nextAt
  await loadPicture(row, context)
  return store.read(reader => nextDue(reader))
}

async function loadPicture(row: SqlRow, context: EngineContext): Promise<void> {
  const { files, report, stopped, store, time } = context
  try {
    const written = await files.write(await fetchPicture(row, context))
    try {
      if (stopped.aborted) return
      store.write(tx => {
        if (isSame(tx, row)) {
          const sql = 'UPDATE pictures SET file = ?, next_at = NULL WHERE account = ?'
          tx.run(sql, files.claim(tx, written), textOf(row, 'account'))
        }
      })
    } finally {
      await files.discard(written)
    }
  } catch (error) {
    if (stopped.aborted) return
    if (isUnforeseen(error)) report(error)
    const attempts = numberOf(row, 'attempts') + 1
    const nextAt = isLasting(error) || attempts >= MAX_ATTEMPTS ? null : time.now() + PAUSE_MS
    store.write(tx => {
      if (!isSame(tx, row)) return
      const sql = 'UPDATE pictures SET attempts = ?, next_at = ? WHERE account = ?'
      tx.run(sql, attempts, nextAt, textOf(row, 'account'))
    })
  }
}

async function fetchPicture(row: SqlRow, context: EngineContext): Promise<Uint8Array> {
  const { openSession, own, stopped: signal } = context
  const url = textOf(row, 'url')
  if (!isAtKnownServer(url, context)) throw new AttachmentsError('attachments.foreign-server')
  const { deterministic, id, server } = parseFileUrl(url)
  const session = openSession(`files:${own}`)
  const { body: blob } = await askFileServer({ session, server, request: downloadRequest(id), signal })
  const key = new SymmetricKey(bytesOf(row, 'key'))
  const bytes = deterministic ? openDeterministicFile(blob, key) : openLegacyPicture(blob, key)
  return checkPicture(bytes, MAX_PICTURE_BYTES)
}

function noteWanted(tx: Tx, { own }: EngineContext): void {
  tx.run(`DELETE FROM pictures WHERE ${UNWANTED}`, own)
  for (const row of tx.all(WANTED)) {
    tx.run(
      `INSERT INTO pictures (account, url, key, next_at) VALUES (?, ?, ?, 0)
      ON CONFLICT (account) DO UPDATE SET url = excluded.url, key = excluded.key, attempts = 0, next_at = 0`,
      textOf(row, 'id'),
      textOf(row, 'picture_url'),
      bytesOf(row, 'picture_key'),
    )
  }
}

/** The contact may have another one by now. */
function isSame(reader: Reader, { account, key, url }: SqlRow): boolean {
  const sql = 'SELECT 1 FROM pictures WHERE account = ? AND url = ? AND key = ?'
  return reader.get(sql, account ?? null, url ?? null, key ?? null) !== undefined
}

function nextDue(reader: Reader): number | undefined {
  return optionalNumber(reader.get('SELECT min(next_at) AS next_at FROM pictures') ?? { next_at: null }, 'next_at')
}
