import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAccountSeed, decodeRecoveryPhrase, parseAccountId, parseDisplayName } from '@sotto/protocol/account'
import { type RandomBytes } from '@sotto/protocol/crypto'
import { type ContentBody } from '@sotto/protocol/message'
import { ManualClock, seededRandom } from '@sotto/testing'
import { onTestFinished } from 'vitest'
import { writeAccountOrigin } from '../../src/accounts/account-origin.ts'
import { DatabaseKey } from '../../src/accounts/database-key.ts'
import { type ClientLimits } from '../../src/engine/limits.ts'
import { type MessengerClient } from '../../src/engine/messenger-client.ts'
import { MemoryBlobs } from '../../src/files/memory-blobs.ts'
import { openEncrypted } from '../../src/node/database/open-encrypted.ts'
import { openMessenger } from '../../src/open-messenger.ts'
import { type SqlDatabase } from '../../src/store/sql.ts'
import { TypedClient } from '../../src/typed-client.ts'
import { type FakeDevice, FakeNetwork } from './fake-network.ts'
import { type Killer } from './killer.ts'
import { openPlainDatabase } from './plain-database.ts'

/** How a client of a test differs from others. */
export interface PersonOptions {
  /** Restores this account instead of making one. */
  readonly phrase?: string
  readonly limits?: Partial<ClientLimits>
  /** Encrypted and flushed to the disk, as people have it; slower. */
  readonly encrypted?: boolean
  /** Kills it at a step of the database or of the network. */
  readonly killer?: Killer
  /** Unexpected failures; by default they fail the test. */
  readonly report?: (error: unknown) => void
}

/** Several clients on one network, in virtual time. */
export class World {
  readonly clock = new ManualClock()
  readonly network = new FakeNetwork(this.clock)
  readonly random: RandomBytes
  readonly #folder: string
  readonly #people: Person[] = []
  #numbers = 0

  constructor(seed = 1) {
    this.random = seededRandom(seed)
    this.#folder = mkdtempSync(join(tmpdir(), 'sotto-client-'))
    onTestFinished(() => this.close())
  }

  /** Makes an account, opens it and starts it. */
  person(name: string, options: PersonOptions = {}): Person {
    const path = join(this.#folder, `${this.#people.length}.db`)
    const seed = options.phrase === undefined ? createAccountSeed(this.random) : decodeRecoveryPhrase(options.phrase)
    const database = openFile(path, options)
    const createdAt = this.clock.now()
    const restored = options.phrase !== undefined
    writeAccountOrigin(database, { seed, name: restored ? undefined : parseDisplayName(name), createdAt, restored })
    database.close()
    const person = new Person(this, path, options)
    this.#people.push(person)
    person.start()
    return person
  }

  /** One more than the last time. */
  takeNumber(): number {
    this.#numbers += 1
    return this.#numbers
  }

  /** Lets time pass. */
  async run(ms = 1000): Promise<void> {
    await this.clock.advance(ms)
  }

  /** Lets time pass until something is done, which must not take more than a day. */
  async until<T>(promise: Promise<T>): Promise<T> {
    const state = { isDone: false }
    const done = promise.finally(() => {
      state.isDone = true
    })
    done.catch(() => undefined)
    await this.clock.advance(100)
    for (let minutes = 0; !state.isDone && minutes < 1440; minutes++) await this.clock.advance(60_000)
    if (!state.isDone) throw new Error('it never ends')
    return done
  }

  /** Ends everything; by itself at the end of the test. */
  async close(): Promise<void> {
    for (const person of this.#people.splice(0)) await person.stop()
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

/** One account on one device. */
export class Person {
  readonly world: World
  readonly device: FakeDevice
  readonly #path: string
  readonly #options: PersonOptions
  #client: MessengerClient | undefined
  #isRevived = false
  #id = ''
  readonly reported: unknown[] = []
  /** Its disk, but for the database. */
  readonly blobs = new MemoryBlobs()

  constructor(world: World, path: string, options: PersonOptions) {
    this.world = world
    this.device = world.network.device()
    this.#path = path
    this.#options = options
  }

  get client(): MessengerClient {
    if (this.#client === undefined) throw new Error('not started')
    return this.#client
  }

  get api(): TypedClient {
    return new TypedClient(this.client)
  }

  get id(): string {
    return this.client.accountId
  }

  /** The same, also while the program does not run. */
  get knownId(): string {
    return this.#id
  }

  /** Opens the database, as after a start of the program. */
  start(): void {
    const { clock, random } = this.world
    this.#client = openMessenger({
      database: this.#openDatabase(),
      network: this.device,
      blobs:
        this.#options.killer === undefined || this.#isRevived ? this.blobs : this.#options.killer.wrapBlobs(this.blobs),
      clock,
      random,
      limits: this.#options.limits ?? {},
      report: this.#options.report ?? (error => this.reported.push(error)),
    })
    this.#id = this.#client.accountId
    this.#client.start()
  }

  /** Ends the program in an orderly way. */
  async stop(): Promise<void> {
    const client = this.#client
    this.#client = undefined
    if (client === undefined) return
    await this.world.until(client.stop())
  }

  /** Starts anew after the killer has struck, on what the dead program left. */
  async revive(): Promise<void> {
    const { killer } = this.#options
    await this.world.until(this.client.stop().catch(() => undefined))
    killer?.closeFiles()
    this.device.onStep = () => undefined
    this.#isRevived = true
    this.reported.splice(0)
    this.start()
  }

  async restart(): Promise<void> {
    await this.stop()
    this.start()
  }

  #openDatabase(): SqlDatabase {
    const database = openFile(this.#path, this.#options)
    const { killer } = this.#options
    if (killer === undefined || this.#isRevived) return database
    this.device.onStep = () => killer.step()
    return killer.wrap(database)
  }

  /** Sends a text under an id of its own. */
  async send(to: string, body: string, quote?: number): Promise<number> {
    const id = `message ${this.world.takeNumber()}`
    const args = { id, conversation: to, body, ...(quote === undefined ? {} : { quote }) }
    return (await this.api.command('messages.send', args)).message
  }

  /** Sends files, under an id of its own. */
  async sendFiles(to: string, files: readonly Uint8Array[], body = ''): Promise<number> {
    const attachments: number[] = []
    for (const bytes of files)
      attachments.push((await this.api.command('attachments.stage', { conversation: to, bytes })).id)
    const id = `message ${this.world.takeNumber()}`
    return (await this.api.command('messages.send', { id, conversation: to, body, attachments })).message
  }

  /** Sends any content, as another client might. Whatever its fields are, its time is a new one. */
  say(to: string, body: ContentBody): void {
    const { outbox, store, ...context } = this.client.context
    store.write(tx => {
      const content = { ...body, sentAt: context.nextSentAt(tx) }
      outbox.enqueue(tx, { content, recipient: parseAccountId(to), copy: false })
    })
  }

  /** The texts of a conversation, oldest first. */
  async texts(conversation: string): Promise<readonly (string | undefined)[]> {
    const { messages } = await this.api.query('messages.page', { conversation, limit: 100 })
    return messages.filter(({ kind }) => kind === 'text').map(({ body }) => body)
  }
}

function openFile(path: string, { encrypted }: PersonOptions): SqlDatabase {
  return encrypted === true ? openEncrypted(path, new DatabaseKey(new Uint8Array(32).fill(5))) : openPlainDatabase(path)
}
