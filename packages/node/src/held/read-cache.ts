import { countedSize, type Namespace } from '@sotto/protocol/storage'
import { type SwarmOwner } from '@sotto/protocol/swarm'
import { type Clock } from '../clock/clock.ts'
import { type HeldMessages, type HeldRead } from './held-ports.ts'

interface Cached {
  readonly result: HeldMessages
  /** Monotonic, ms. */
  readonly until: number
  readonly size: number
}

/** Roughly, of an entry without messages, bytes. */
const overhead = 500

/**
 * Reads once for all who ask the same within a second: a group message that wakes hundreds costs one query. Something new
 * makes what was read before it void. Spec 21 §3.
 */
export class ReadCache {
  readonly #read: (read: HeldRead) => HeldMessages
  readonly #clock: Clock
  readonly #maxAgeMs: number
  readonly #maxBytes: number
  /** By account ‖ namespace, then by cursor and limits. */
  readonly #boxes = new Map<string, Map<string, Cached>>()
  #bytes = 0

  constructor(read: (read: HeldRead) => HeldMessages, clock: Clock, maxAgeMs: number, maxBytes: number) {
    this.#read = read
    this.#clock = clock
    this.#maxAgeMs = maxAgeMs
    this.#maxBytes = maxBytes
  }

  read(read: HeldRead): HeldMessages {
    const box = boxOf(read.owner, read.namespace)
    const key = `${read.lastHash ?? ''} ${read.maxCount ?? ''} ${read.maxSize}`
    const known = this.#boxes.get(box)?.get(key)
    if (known !== undefined && known.until > this.#clock.monotonic()) return known.result
    const result = this.#read(read)
    this.#keep(box, key, result)
    return result
  }

  /** Something new is there: what was read before is not to be given any more. */
  forget(owner: SwarmOwner, namespace: Namespace): void {
    const box = boxOf(owner, namespace)
    for (const { size } of this.#boxes.get(box)?.values() ?? []) this.#bytes -= size
    this.#boxes.delete(box)
  }

  /** Lets go of what is too old. To be called now and then. */
  sweep(): void {
    const now = this.#clock.monotonic()
    for (const [box, entries] of this.#boxes) {
      for (const [key, { until, size }] of entries) {
        if (until > now) continue
        entries.delete(key)
        this.#bytes -= size
      }
      if (entries.size === 0) this.#boxes.delete(box)
    }
  }

  #keep(box: string, key: string, result: HeldMessages): void {
    const size = overhead + sizeOf(result)
    const entries = this.#boxes.get(box) ?? new Map<string, Cached>()
    const freed = entries.get(key)?.size ?? 0
    if (this.#bytes - freed + size > this.#maxBytes) return
    this.#bytes += size - freed
    this.#boxes.set(box, entries.set(key, { result, until: this.#clock.monotonic() + this.#maxAgeMs, size }))
  }
}

function sizeOf({ messages }: HeldMessages): number {
  return messages.reduce((sum, { hash, data }) => sum + countedSize(hash.length, data.length), 0)
}

function boxOf(owner: SwarmOwner, namespace: Namespace): string {
  return `${owner}${namespace}`
}
