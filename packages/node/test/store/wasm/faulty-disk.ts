import { type RandomBytes } from '@sotto/protocol/crypto'
import { randomBelow } from '@sotto/testing'

/** What a disk can be asked for. */
export type DiskAction = 'read' | 'write' | 'sync' | 'truncate'

/** How it fails: an error, no room, half of a write with an error, or a sync that did not happen. */
export type DiskFault = 'io' | 'full' | 'short' | 'unsynced'

type Change =
  | { readonly kind: 'write'; readonly at: number; readonly bytes: Uint8Array }
  | { readonly kind: 'truncate'; readonly size: number }

interface DiskFile {
  /** What the program reads. */
  readonly live: Content
  /** What is certain to be there after the power was cut. */
  readonly durable: Content
  /** What happened since, in its order. */
  pending: Change[]
}

const SECTOR = 512

/** Bytes that grow without being copied each time. */
class Content {
  #bytes = new Uint8Array(0)
  #size = 0

  get size(): number {
    return this.#size
  }

  /** A view. */
  read(at: number, length: number): Uint8Array {
    return this.#bytes.subarray(Math.min(at, this.#size), Math.min(at + length, this.#size))
  }

  apply(change: Change): void {
    if (change.kind === 'truncate') return this.#resize(change.size)
    this.#resize(Math.max(this.#size, change.at + change.bytes.length))
    this.#bytes.set(change.bytes, change.at)
  }

  #resize(size: number): void {
    if (size > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(size, 2 * this.#bytes.length))
      larger.set(this.#bytes)
      this.#bytes = larger
    }
    if (size < this.#size) this.#bytes.fill(0, size, this.#size)
    this.#size = size
  }
}

/**
 * Files in memory that behave as badly as a disk may: what was not synced can be lost, kept or torn when the power is cut, in
 * sectors and regardless of its order.
 */
export class FaultyDisk {
  readonly #files = new Map<string, DiskFile>()
  /** Asked before every action; what it answers happens. */
  fault: (action: DiskAction) => DiskFault | undefined = () => undefined
  /** Bytes that fit on it. */
  capacity = Infinity
  #actions = 0
  #cutAt = Infinity

  /** Writes, truncations and syncs so far. */
  get actions(): number {
    return this.#actions
  }

  /** The power is cut at this action, counted from the beginning: it and all later ones fail. */
  cutPowerAt(action: number): void {
    this.#cutAt = action
  }

  get isOff(): boolean {
    return this.#actions >= this.#cutAt
  }

  exists(name: string): boolean {
    return this.#files.has(name)
  }

  create(name: string): void {
    if (!this.#files.has(name)) {
      this.#files.set(name, { live: new Content(), durable: new Content(), pending: [] })
    }
  }

  remove(name: string): void {
    if (!this.isOff) this.#files.delete(name)
  }

  size(name: string): number {
    return this.#file(name).live.size
  }

  /** The bytes from a place on, perhaps fewer than asked for. */
  read(name: string, at: number, length: number): Uint8Array | DiskFault {
    return this.isOff ? 'io' : (this.fault('read') ?? this.#file(name).live.read(at, length))
  }

  write(name: string, at: number, bytes: Uint8Array): DiskFault | undefined {
    const file = this.#file(name)
    const fault = this.#act('write') ?? (this.#fits(file, at + bytes.length) ? undefined : 'full')
    if (fault === undefined) this.#change(file, { kind: 'write', at, bytes: bytes.slice() })
    // Half of it is written, and only that is told.
    if (fault === 'short') {
      this.#change(file, { kind: 'write', at, bytes: bytes.slice(0, bytes.length / 2) })
    }
    return fault
  }

  truncate(name: string, size: number): DiskFault | undefined {
    const fault = this.#act('truncate')
    if (fault === undefined) this.#change(this.#file(name), { kind: 'truncate', size })
    return fault
  }

  sync(name: string): DiskFault | undefined {
    const fault = this.#act('sync')
    const file = this.#file(name)
    if (fault === undefined) {
      for (const change of file.pending) file.durable.apply(change)
      file.pending = []
    }
    return fault
  }

  /** What is found when the power is back: of what was not synced any part. */
  afterPowerCut(random: RandomBytes): FaultyDisk {
    const disk = new FaultyDisk()
    for (const [name, { durable, pending }] of this.#files) {
      const whole: Change = { kind: 'write', at: 0, bytes: durable.read(0, durable.size) }
      const changes = [whole, ...pending.flatMap(change => survivors(change, random))]
      disk.create(name)
      const file = disk.#file(name)
      for (const change of changes) file.live.apply(change)
      for (const change of changes) file.durable.apply(change)
    }
    return disk
  }

  /** Every action is counted; at the cut and after it none succeeds. */
  #act(action: DiskAction): DiskFault | undefined {
    this.#actions += 1
    return this.isOff ? 'io' : this.fault(action)
  }

  #fits(file: DiskFile, end: number): boolean {
    const used = [...this.#files.values()].reduce((sum, { live }) => sum + live.size, 0)
    return used + Math.max(0, end - file.live.size) <= this.capacity
  }

  #change(file: DiskFile, change: Change): void {
    file.live.apply(change)
    file.pending.push(change)
  }

  #file(name: string): DiskFile {
    const file = this.#files.get(name)
    if (file === undefined) throw new Error('no such file')
    return file
  }
}

/** The change is lost, has happened, or has happened to some of its sectors. */
function survivors(change: Change, random: RandomBytes): readonly Change[] {
  const fate = randomBelow(random, 3)
  if (fate === 0) return []
  if (fate === 1 || change.kind === 'truncate') return [change]
  const count = Math.ceil(change.bytes.length / SECTOR)
  const sectors = Array.from({ length: count }, (_, at): Change => {
    const bytes = change.bytes.subarray(at * SECTOR, (at + 1) * SECTOR)
    return { kind: 'write', at: change.at + at * SECTOR, bytes }
  })
  return sectors.filter(() => randomBelow(random, 2) === 0)
}
