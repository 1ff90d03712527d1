import { createAccountSeed, parseDisplayName } from '@sotto/protocol/account'
import { defaultFileServer } from '@sotto/protocol/attachment'
import { ManualClock, seededRandom } from '@sotto/testing'
import { onTestFinished } from 'vitest'
import { writeAccountOrigin } from '../../src/accounts/account-origin.ts'
import { Engine } from '../../src/engine/engine.ts'
import { type Feature } from '../../src/engine/feature.ts'
import { productionClientLimits } from '../../src/engine/limits.ts'
import { openAccount } from '../../src/account/account-row.ts'
import { FileStore } from '../../src/files/file-store.ts'
import { MemoryBlobs } from '../../src/files/memory-blobs.ts'
import { Store } from '../../src/store/store.ts'
import { FakeNetwork } from './fake-network.ts'
import { openPlainDatabase } from './plain-database.ts'

/** An engine with features of the test's own, and none of the messenger's. */
export class EngineBench {
  readonly clock = new ManualClock()
  readonly network = new FakeNetwork(this.clock)
  readonly device = this.network.device()
  readonly reported: unknown[] = []
  readonly store: Store
  readonly #features: readonly Feature[]
  #engine: Engine | undefined

  constructor(features: readonly Feature[]) {
    this.#features = features
    const database = openPlainDatabase()
    const seed = createAccountSeed(seededRandom(5))
    writeAccountOrigin(database, { seed, name: parseDisplayName('Test'), createdAt: 1, restored: false })
    this.store = Store.open(database, 1)
    onTestFinished(async () => {
      await this.stop()
      this.store.close()
    })
  }

  /** A new engine on the same store. */
  start(): Engine {
    const keys = openAccount(this.store)
    const random = seededRandom(6)
    this.#engine = new Engine({
      store: this.store,
      files: new FileStore({ store: this.store, blobs: new MemoryBlobs(), random }),
      fileServer: defaultFileServer,
      keys,
      swarm: this.device.session('test'),
      openSession: isolation => this.device.session(isolation),
      time: this.device.time,
      clock: this.clock,
      random,
      features: this.#features,
      limits: productionClientLimits,
      report: error => this.reported.push(error),
      delayed: false,
    })
    this.#engine.start()
    return this.#engine
  }

  async stop(): Promise<void> {
    const stopping = this.#engine?.stop()
    this.#engine = undefined
    await this.clock.advance(10_000)
    await stopping
  }
}
