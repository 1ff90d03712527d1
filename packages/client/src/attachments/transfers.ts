import { type SwarmSession } from '@sotto/network'
import { ttlMs } from '@sotto/protocol/message'
import { backoffMs } from '../engine/backoff.ts'
import { CONNECTION_TOPIC, type EngineContext } from '../engine/context.ts'
import { Pause } from '../engine/pause.ts'
import { findMessage } from '../messages/rows.ts'
import { optionalNumber } from '../store/columns.ts'
import { type Reader, type Tx } from '../store/store.ts'
import { sendComplete } from './compose.ts'
import { chunksOf, readChunks } from './chunks.ts'
import { downloadAttachment } from './download.ts'
import { downloadLarge } from './download-large.ts'
import { inspectFile, type Inspected } from './inspect.ts'
import { bytesHere, hasRoomFor, makeRoom } from './room.ts'
import { ATTACHMENT_COLUMNS, attachmentOfRow, type AttachmentRow, findAttachment, settleAttachment } from './rows.ts'
import { type ProgressBoard } from './progress-board.ts'
import { codeOfTransfer, isLasting, isUnforeseen } from './transfer-error.ts'
import { type TransferWay } from './transfer-way.ts'
import { releasable, releaseWaiting } from './trust.ts'
import { uploadAttachment } from './upload.ts'
import { uploadLarge } from './upload-large.ts'

type Direction = 'up' | 'down'

/** Times are those of the network, waits those of the device, whose timers may stand still while it sleeps. */
const LONGEST_WAIT_MS = 600_000

/** What decides what is to be done; a change of messages counts as one of their attachments. */
const followed: readonly string[] = ['attachments', 'contacts', 'trusted_downloads', CONNECTION_TOPIC]

/** Enough to see what a file is. */
const BEGINNING_BYTES = 65_536

/** When a download that failed is tried again. Spec 10 §6.4. */
const downloadRetriesMs = [30_000, 1_800_000, 21_600_000] as const

/** Own files have keys and no address; what can be fetched has an address. */
const queued: Readonly<Record<Direction, string>> = {
  up: `FROM attachments a JOIN messages m ON m.id = a.message
    WHERE a.state = 'queued' AND a.url IS NULL AND coalesce(a.iv, a.file_key) IS NOT NULL AND m.state = 'queued'`,
  down: "FROM attachments a WHERE a.state = 'queued' AND a.url IS NOT NULL",
}

/** Uploads and downloads what is queued, a few at a time, while there is a connection. */
export class Transfers {
  readonly #context: EngineContext
  readonly #progress: ProgressBoard
  readonly #pause: Pause
  readonly #running = new Map<number, { readonly direction: Direction; readonly abort: AbortController }>()
  readonly #ends = new Set<Promise<void>>()
  #session: SwarmSession | undefined

  constructor(context: EngineContext, progress: ProgressBoard) {
    this.#context = context
    this.#progress = progress
    this.#pause = new Pause(context.clock, context.stopped)
  }

  /** Takes up what was left. Returns what ends when nothing runs any more, after the stop was signalled. */
  start(): () => Promise<void> {
    const { openSession, own, store } = this.#context
    this.#session = openSession(`files:${own}`)
    store.write(tx => tx.run("UPDATE attachments SET state = 'queued' WHERE state = 'running'"))
    const end = store.onChange(topics => this.#note(topics))
    const loop = this.#loop()
    return async () => {
      end()
      await loop
      await Promise.all(this.#ends)
      this.#session?.close()
    }
  }

  #note(topics: ReadonlySet<string>): void {
    const { report, stopped } = this.#context
    if (stopped.aborted || !followed.some(topic => topics.has(topic))) return
    try {
      if (topics.has(CONNECTION_TOPIC) && this.#isConnected()) this.#hurry()
      if (topics.has('attachments')) this.#abortUnwanted()
    } catch (error) {
      report(error)
    }
    this.#pause.end()
  }

  /** Coming back is a good time for what waits. */
  #hurry(): void {
    const { store } = this.#context
    const isWaiting = (reader: Reader): boolean =>
      reader.get("SELECT 1 FROM attachments WHERE state = 'queued' AND next_at > 0") !== undefined
    if (!store.read(isWaiting)) return
    store.write(tx => tx.run("UPDATE attachments SET next_at = 0 WHERE state = 'queued' AND next_at > 0"))
  }

  #abortUnwanted(): void {
    const { store } = this.#context
    for (const [id, { abort, direction }] of this.#running) {
      if (!store.read(reader => isWanted(reader, id, direction))) abort.abort()
    }
  }

  async #loop(): Promise<void> {
    const { report, stopped } = this.#context
    await Promise.resolve()
    while (!stopped.aborted) {
      let wait = LONGEST_WAIT_MS
      try {
        wait = this.#begin()
      } catch (error) {
        if (!stopped.aborted) report(error)
      }
      await this.#pause.wait(wait).catch(() => undefined)
    }
  }

  /** Begins what there is room for. Returns how long to wait, in ms, for what is due next. */
  #begin(): number {
    const { limits, store, time } = this.#context
    this.#release()
    if (!this.#isConnected()) return LONGEST_WAIT_MS
    this.#beginSome('up', limits.uploads)
    this.#beginSome('down', limits.downloads)
    const next = store.read(reader => nextDue(reader, time.now()))
    return next === undefined ? LONGEST_WAIT_MS : Math.min(LONGEST_WAIT_MS, Math.max(0, next - time.now()))
  }

  #beginSome(direction: Direction, most: number): void {
    const { store, time } = this.#context
    const busy = [...this.#running.values()].filter(each => each.direction === direction).length
    if (busy >= most) return
    const due = store.read(reader => dueNow(reader, direction, time.now(), most - busy))
    for (const row of due) this.#run(row, direction)
  }

  /** Whom the user trusts by now. */
  #release(): void {
    const { store } = this.#context
    const conversations = store.read(reader => releasable(reader, this.#context))
    if (conversations.length === 0) return
    store.write(tx => {
      for (const conversation of conversations) releaseWaiting(tx, conversation)
    })
  }

  #run(row: AttachmentRow, direction: Direction): void {
    const { store } = this.#context
    const begins = store.write(tx => {
      const missing = Math.max(0, (row.sizeBytes ?? 0) - bytesHere(tx, row.id))
      const hasRoom = direction === 'up' || hasRoomFor(tx, missing, this.#context)
      settleAttachment(tx, row.id, hasRoom ? 'running' : 'failed', hasRoom ? null : 'attachments.no-room')
      return hasRoom
    })
    if (!begins) return
    const abort = new AbortController()
    this.#running.set(row.id, { direction, abort })
    const end = this.#transfer(row, direction, abort.signal).finally(() => {
      this.#running.delete(row.id)
      this.#progress.end(row.id)
      this.#ends.delete(end)
      this.#pause.end()
    })
    this.#ends.add(end)
  }

  async #transfer(row: AttachmentRow, direction: Direction, unwanted: AbortSignal): Promise<void> {
    const { report, stopped, store } = this.#context
    try {
      if (direction === 'up') await this.#upload(row, unwanted)
      else await this.#download(row, unwanted)
    } catch (error) {
      if (stopped.aborted) return // it is taken up at the next start
      if (isUnforeseen(error) && !unwanted.aborted) report(error)
      try {
        store.write(tx => this.#failed(tx, row, direction, error))
      } catch (second) {
        report(second)
      }
    }
  }

  async #upload(row: AttachmentRow, unwanted: AbortSignal): Promise<void> {
    const { stopped, store } = this.#context
    const upload = row.manifest === undefined ? uploadAttachment : uploadLarge
    const { digest, key, url } = await upload(row, this.#context, this.#via(row, unwanted))
    if (stopped.aborted) return
    store.write(tx => {
      if (!isWanted(tx, row.id, 'up')) return putBack(tx, row.id)
      settleAttachment(tx, row.id, 'here')
      const sql = 'UPDATE attachments SET url = ?, digest = ?, key = coalesce(?, key), attempts = 0 WHERE id = ?'
      tx.run(sql, url, digest ?? null, key ?? null, row.id)
      if (row.message !== undefined) sendComplete(tx, row.message, this.#context)
    })
  }

  async #download(row: AttachmentRow, unwanted: AbortSignal): Promise<void> {
    if (row.manifest !== undefined) return this.#downloadLarge(row, unwanted)
    const { files, stopped, store } = this.#context
    const bytes = await downloadAttachment(row, this.#via(row, unwanted))
    const written = await files.write(bytes)
    try {
      if (stopped.aborted) return
      store.write(tx => {
        if (!isWanted(tx, row.id, 'down')) return
        const sql = 'UPDATE attachments SET file = ?, size_bytes = ? WHERE id = ?'
        tx.run(sql, files.claim(tx, written), bytes.length, row.id)
        this.#arrived(tx, row, inspectFile(bytes, row.kind))
      })
    } finally {
      await files.discard(written)
    }
  }

  async #downloadLarge(row: AttachmentRow, unwanted: AbortSignal): Promise<void> {
    const { files, stopped, store } = this.#context
    const wants = (reader: Reader): boolean => isWanted(reader, row.id, 'down')
    await downloadLarge(row, this.#context, { ...this.#via(row, unwanted), isWanted: wants })
    if (stopped.aborted || !store.read(wants)) return
    const chunks = store.read(reader => chunksOf(reader, row.id))
    const beginning = await readChunks(row, chunks, { at: 0, length: BEGINNING_BYTES }, files)
    if (stopped.aborted) return
    const found = inspectFile(beginning, row.kind)
    store.write(tx => {
      // A picture that is so large is shown to nobody.
      if (wants(tx)) this.#arrived(tx, row, found.kind === 'image' ? { ...found, kind: 'file' } : found)
    })
  }

  #arrived(tx: Tx, row: AttachmentRow, { contentType, height, kind, width }: Inspected): void {
    settleAttachment(tx, row.id, 'here')
    tx.run(
      'UPDATE attachments SET kind = ?, content_type = ?, width = ?, height = ?, attempts = 0 WHERE id = ?',
      kind,
      contentType,
      width ?? (kind === 'video' ? (row.width ?? null) : null),
      height ?? (kind === 'video' ? (row.height ?? null) : null),
      row.id,
    )
    makeRoom(tx, row.id, this.#context)
  }

  #via({ id }: AttachmentRow, unwanted: AbortSignal): TransferWay {
    const { openSession, own, stopped } = this.#context
    this.#session ??= openSession(`files:${own}`)
    return {
      session: this.#session,
      signal: AbortSignal.any([stopped, unwanted]),
      onProgress: (done, total) => this.#progress.note(id, done, total),
    }
  }

  #failed(tx: Tx, { id, message }: AttachmentRow, direction: Direction, error: unknown): void {
    if (!isWanted(tx, id, direction)) return putBack(tx, id)
    const { attempts = 0 } = findAttachment(tx, id) ?? {}
    const code = codeOfTransfer(error)
    const wait = isLasting(error) ? undefined : this.#pauseAfter(tx, direction, attempts, message)
    if (wait !== undefined) {
      settleAttachment(tx, id, 'queued', code)
      const at = this.#context.time.now() + wait
      tx.run('UPDATE attachments SET attempts = attempts + 1, next_at = ? WHERE id = ?', at, id)
      return
    }
    settleAttachment(tx, id, code === 'attachments.gone' && direction === 'down' ? 'gone' : 'failed', code)
    if (direction === 'up') tx.run("UPDATE messages SET state = 'failed', failure = ? WHERE id = ?", code, message ?? 0)
  }

  /** How long to wait before the next attempt, in ms; `undefined` if there is none. */
  #pauseAfter(reader: Reader, direction: Direction, attempts: number, message: number | undefined): number | undefined {
    if (direction === 'down') return downloadRetriesMs[attempts]
    const { limits, random, time } = this.#context
    const row = message === undefined ? undefined : findMessage(reader, message)
    if (row === undefined || time.now() >= row.sentAt + ttlMs.message) return undefined
    return backoffMs(attempts + 1, { firstMs: limits.firstRetryMs, lastMs: limits.lastRetryMs }, random)
  }

  /** Without a network every attempt would count. */
  #isConnected(): boolean {
    const { kind } = this.#context.connection()
    return kind === 'live' || kind === 'polling'
  }
}

function dueNow(reader: Reader, direction: Direction, now: number, limit: number): readonly AttachmentRow[] {
  const sql = `SELECT ${ATTACHMENT_COLUMNS} ${queued[direction]} AND a.next_at <= ?
    ORDER BY a.sent_at ${direction === 'up' ? 'ASC' : 'DESC'}, a.id LIMIT ?`
  return reader.all(sql, now, limit).map(attachmentOfRow)
}

/** Unix ms: what is due now waits for its turn, not for a time. */
function nextDue(reader: Reader, now: number): number | undefined {
  const sql = "SELECT min(next_at) AS next_at FROM attachments WHERE state = 'queued' AND next_at > ?"
  return optionalNumber(reader.get(sql, now) ?? { next_at: null }, 'next_at')
}

/** It may have been deleted, cancelled or held back meanwhile. */
function isWanted(reader: Reader, id: number, direction: Direction): boolean {
  const row = findAttachment(reader, id)
  if (row?.state !== 'running' || row.message === undefined) return false
  return direction === 'down' || findMessage(reader, row.message)?.state === 'queued'
}

function putBack(tx: Tx, id: number): void {
  tx.run("UPDATE attachments SET state = 'queued' WHERE id = ? AND state = 'running'", id)
}
