import { type RandomBytes } from '@sotto/protocol/crypto'
import { randomBelow } from '@sotto/testing'
import { defaultStoreLimits } from '../../../src/store/limits.ts'
import { type SqliteNodeStore } from '../../../src/store/sqlite-node-store.ts'
import { FaultyDisk } from '../../store/wasm/faulty-disk.ts'
import { WasmSqlite } from '../../store/wasm/wasm-store.ts'
import { type Disk, type DiskUser, openSlowStore } from './disk.ts'

/** Actions of the disk within which the power is cut once that was decided: a commit or two. */
const lastActions = 30

/** A disk under SQLite in wasm. When a life ends the power is cut: what was not synced is lost, kept or torn. */
export class PowerDisk implements Disk {
  readonly #random: RandomBytes
  readonly #sqlite: WasmSqlite
  #disk: FaultyDisk

  private constructor(random: RandomBytes, sqlite: WasmSqlite, disk: FaultyDisk) {
    this.#random = random
    this.#sqlite = sqlite
    this.#disk = disk
  }

  static async create(random: RandomBytes): Promise<PowerDisk> {
    const disk = new FaultyDisk()
    return new PowerDisk(random, await WasmSqlite.load(disk), disk)
  }

  async open(user: DiskUser): Promise<SqliteNodeStore> {
    const disk = this.#disk
    return openSlowStore(this.#sqlite.connect(disk, defaultStoreLimits), user, () => disk.isOff)
  }

  cutSoon(): void {
    this.#disk.cutPowerAt(this.#disk.actions + 1 + randomBelow(this.#random, lastActions))
  }

  crash(): void {
    this.#disk.cutPowerAt(0)
    this.#disk = this.#disk.afterPowerCut(this.#random)
  }

  wipe(): void {
    this.#disk = new FaultyDisk()
  }

  close(): void {
    this.#disk.cutPowerAt(0)
  }
}
