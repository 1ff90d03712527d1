import type { MessagePort } from 'node:worker_threads'
import { DatabaseError } from '../database/database-error.ts'
import type { OpenOptions } from '../database/open-database.ts'
import type { Operations, ParamsOf, WriteValue } from './operations.ts'
import { packParams } from './pack-params.ts'
import {
  receiveError,
  type FromWriter,
  type SentError,
  type ToWriter,
  type WriterLimit,
  type WriterStart,
} from './writer-messages.ts'
import { WriterThread } from './writer-thread.ts'

/** How a writer is opened. */
export interface WriterOptions extends Pick<OpenOptions, WriterLimit | 'moveAsideAt'> {
  readonly path: string
  /** A module that exports `operations` and `migrations`: `new URL('./operations.ts', import.meta.url)`. */
  readonly module: URL
  readonly synchronous: 'full' | 'normal'
  /** Looks for damage when it opens: see `Database.isIntact`. */
  readonly check?: 'none' | 'quick' | 'full'
  /** Changes that may wait at once; more are refused with `database.overloaded`. */
  readonly maxQueued?: number
  /** Bytes of their parameters. */
  readonly maxQueuedBytes?: number
  /** Changes in one transaction at most. */
  readonly maxGroup?: number
  /** To share with other databases of the process; by default this one has its own. */
  readonly thread?: WriterThread
  /**
   * The disk failed, or the thread ended by itself: nothing more can be written. Stop the process; a new one reads
   * what is really there. Spec 70 §8, D10.
   */
  readonly onFatal?: (error: DatabaseError) => void
}

/** How many turns of the event loop a transaction waits at most while each brings more changes. */
const mostTurns = 4

interface Waiting {
  readonly bytes: number
  readonly resolve: (result: never) => void
  readonly reject: (error: DatabaseError) => void
}

/**
 * Writes to a database from a thread of its own, so that no sync holds up the event loop. All changes that are asked for
 * while a commit runs are sent together when it is done, and made in the next transaction: many writers share one sync and one
 * message each way, a single one waits for its own only. As long as turns of the event loop go on bringing changes, a few are
 * waited for, by no clock: a turn is short when there is little to do. A promise is fulfilled when its change is on disk.
 */
export class DatabaseWriter<Ops extends Operations> {
  readonly #port: MessagePort
  readonly #release: () => Promise<void>
  readonly #options: WriterOptions
  readonly #waiting: Waiting[] = []
  #answered = 0
  #bytes = 0
  /** Names and parameters in turn. */
  #unsent: WriteValue[] = []
  #transfers: ArrayBuffer[] = []
  /** Whether the unsent are going to be sent without a further call. */
  #isArranged = false
  /** Turns that may still be waited for. */
  #turnsLeft = 0
  /** Members of the unsent a turn ago. */
  #gathered = 0
  #failure: DatabaseError | undefined
  #closed: Promise<void> | undefined
  /** Where a damaged database went that stood in the way. */
  readonly movedAside: string | undefined

  private constructor(options: WriterOptions, { port, release, movedAside, watch }: OpenedThread) {
    this.#port = port
    this.#release = release
    this.#options = options
    this.movedAside = movedAside
    port.on('message', (message: FromWriter) => this.#receive(message))
    port.on('close', () => this.#fail(new DatabaseError('database.closed')))
    watch(cause => this.#fail(new DatabaseError('database.failed', {}, { cause })))
  }

  /**
   * Opens the database in its thread and brings it up to date. `Ops` is `typeof operations` of the module.
   * @throws {DatabaseError} as `openDatabase`
   */
  static async open<Ops extends Operations>(options: WriterOptions): Promise<DatabaseWriter<Ops>> {
    return new DatabaseWriter<Ops>(options, await openIn(options.thread ?? new WriterThread(), options))
  }

  /** Changes that are not on disk yet. */
  get queued(): number {
    return this.#waiting.length - this.#answered
  }

  /**
   * Makes one change. Changes are made in the order in which they were asked for.
   * @throws {DatabaseError} `database.overloaded` at once when too much waits; else what went wrong with this change
   */
  write<Name extends keyof Ops & string>(name: Name, ...[params]: ParamsOf<Ops[Name]>): Promise<ReturnType<Ops[Name]>> {
    return new Promise((resolve, reject) => {
      const { maxQueued = 20_000, maxQueuedBytes = 134_217_728 } = this.#options
      const stopped = this.#failure ?? (this.#closed === undefined ? undefined : new DatabaseError('database.closed'))
      if (stopped !== undefined) return reject(stopped)
      if (this.queued >= maxQueued || this.#bytes >= maxQueuedBytes) {
        return reject(new DatabaseError('database.overloaded', { queued: this.queued }))
      }
      const { value, bytes } = packParams(params as WriteValue, this.#transfers)
      this.#bytes += bytes
      this.#waiting.push({ bytes, resolve, reject })
      this.#unsent.push(name, value)
      this.#arrange()
    })
  }

  /** Makes what has been asked for, then closes the database and ends the thread. */
  close(): Promise<void> {
    this.#closed ??= this.#close()
    return this.#closed
  }

  async #close(): Promise<void> {
    const closed = new Promise<void>(resolve => {
      this.#port.once('close', () => resolve())
    })
    this.#send()
    this.#port.postMessage('close' satisfies ToWriter)
    if (this.#failure === undefined) await closed
    this.#port.close()
    await this.#release()
  }

  /** One message for all that is asked for in these turns of the event loop, or while another is not answered. */
  #arrange(): void {
    const isUnderWay = this.queued > this.#unsent.length / 2
    if (this.#isArranged || isUnderWay || this.#unsent.length === 0) return
    this.#isArranged = true
    this.#turnsLeft = mostTurns
    // A single one is not company: it goes when this turn ends.
    this.#gathered = 2
    setImmediate(this.#gather)
  }

  readonly #gather = (): void => {
    if (this.#turnsLeft === 0 || this.#unsent.length <= this.#gathered) return this.#send()
    this.#turnsLeft -= 1
    this.#gathered = this.#unsent.length
    setImmediate(this.#gather)
  }

  #send(): void {
    this.#isArranged = false
    if (this.#unsent.length === 0 || this.#failure !== undefined) return
    this.#port.postMessage(this.#unsent satisfies ToWriter, this.#transfers)
    this.#unsent = []
    this.#transfers = []
  }

  #receive(message: FromWriter): void {
    if (message.kind !== 'outcomes') return
    const failures = new Map(message.failures)
    message.results.forEach((result, at) => this.#settle(result, failures.get(at)))
    this.#shorten()
    if (message.fatal !== undefined) this.#fail(receiveError(message.fatal))
    this.#arrange()
  }

  #settle(result: WriteValue, error: SentError | undefined): void {
    const waiting = this.#waiting[this.#answered]
    if (waiting === undefined) return
    this.#answered += 1
    this.#bytes -= waiting.bytes
    if (error === undefined) waiting.resolve(result as never)
    else waiting.reject(receiveError(error))
  }

  /** Drops what is settled, when it is most of the list: shifting one by one would move all the rest each time. */
  #shorten(): void {
    if (this.#answered * 2 < this.#waiting.length) return
    this.#waiting.splice(0, this.#answered)
    this.#answered = 0
  }

  #fail(error: DatabaseError): void {
    if (this.#failure !== undefined) return
    this.#failure = error
    const expected = this.#closed !== undefined && error.code === 'database.closed'
    for (const { reject } of this.#waiting.splice(0).slice(this.#answered)) reject(error)
    this.#answered = 0
    this.#bytes = 0
    if (!expected) this.#options.onFatal?.(error)
  }
}

function startOf(options: WriterOptions): WriterStart {
  const { path, module, synchronous, check = 'none', maxGroup = 1000, moveAsideAt } = options
  const { busyTimeoutMs, cacheBytes, maxBytes, checkpointPages } = options
  return {
    path,
    module: module.href,
    synchronous,
    check,
    maxGroup,
    limits: {
      ...(busyTimeoutMs === undefined ? {} : { busyTimeoutMs }),
      ...(cacheBytes === undefined ? {} : { cacheBytes }),
      ...(maxBytes === undefined ? {} : { maxBytes }),
      ...(checkpointPages === undefined ? {} : { checkpointPages }),
    },
    ...(moveAsideAt === undefined ? {} : { moveAsideAt: moveAsideAt.now() }),
  }
}

/** A database that a thread has opened. */
interface OpenedThread {
  readonly port: MessagePort
  readonly movedAside: string | undefined
  /** Lets go of the thread. */
  readonly release: () => Promise<void>
  /** Says who hears of the thread's end. */
  readonly watch: (onFailure: (cause: unknown) => void) => void
}

async function openIn(thread: WriterThread, options: WriterOptions): Promise<OpenedThread> {
  let onFailure: (cause: unknown) => void = () => undefined
  const tell = (cause: unknown): void => onFailure(cause)
  const release = async (): Promise<void> => thread.release(tell)
  const port = thread.open(startOf(options), tell)
  try {
    const failed = new Promise<never>((_, reject) => {
      onFailure = cause => reject(new DatabaseError('database.failed', {}, { cause }))
    })
    const message = await Promise.race([firstMessage(port), failed])
    if (message.kind !== 'opened') {
      throw message.kind === 'not-opened' ? receiveError(message.error) : new DatabaseError('database.failed')
    }
    const watch = (listener: (cause: unknown) => void): void => void (onFailure = listener)
    return { port, movedAside: message.movedAside, release, watch }
  } catch (error) {
    port.close()
    await release()
    throw error
  }
}

/** What the thread says first of the database. */
function firstMessage(port: MessagePort): Promise<FromWriter> {
  return new Promise((resolve, reject) => {
    const closed = (): void => reject(new DatabaseError('database.failed'))
    port.once('close', closed)
    port.once('message', (message: FromWriter) => {
      port.off('close', closed)
      resolve(message)
    })
  })
}
