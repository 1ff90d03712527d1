import { blake2b, blake2bWith, type Ed25519KeyPair, SymmetricKey, type X25519PublicKey } from '@sotto/protocol/crypto'
import { utf8Encode } from '@sotto/protocol/encoding'
import { FingerprintSet } from './fingerprint-set.ts'

/** 64 bits of the keyed hash of an ephemeral key: says nothing to whoever does not have the node's secret. */
export interface Fingerprint {
  readonly high: number
  readonly low: number
}

/** The part of a clock that ages memories; only ever rises. */
export interface AgeClock {
  monotonic(): number
}

/** Where memories lie across a restart. Spec 70, trap 14. */
export interface ReplayStore {
  /** What was remembered, and how long ago each group was begun, ms. */
  load(): readonly { readonly ageMs: number; readonly prints: readonly Fingerprint[] }[]
  /** Begins a group and forgets those that are older than `keepMs`. */
  begin(keepMs: number): void
  append(print: Fingerprint): void
}

/** How long and how much is remembered. */
export interface ReplayLimits {
  /** The length of one generation, ms. A key is remembered for two of them at least, for three at most. */
  readonly generationMs: number
  /** Keys of one generation; when it is full the next one begins. Up to 21 bytes each. */
  readonly generationSize: number
}

/** Ten to fifteen minutes. Spec 70 §5.5. */
export const defaultReplayLimits: ReplayLimits = { generationMs: 300_000, generationSize: 1_000_000 }

interface Generation {
  readonly startedAt: number
  readonly prints: FingerprintSet
}

const generations = 3
const label = utf8Encode('sotto-onion-replay-1')

/**
 * Remembers which layers this node has opened, by their ephemeral keys: no client uses one twice, so a repeat is somebody
 * who has recorded an onion and wants to see where it goes. Spec 70 §5.5. Exact but for collisions of 64 bits, and small
 * when there is little traffic, where Bloom filters would have their full size from the start.
 */
export class ReplayMemory {
  readonly #key: SymmetricKey
  readonly #clock: AgeClock
  readonly #limits: ReplayLimits
  readonly #store: ReplayStore | undefined
  /** The newest first. */
  #generations: readonly Generation[]

  constructor(
    node: Ed25519KeyPair,
    clock: AgeClock,
    { limits = defaultReplayLimits, store }: { readonly limits?: ReplayLimits; readonly store?: ReplayStore } = {},
  ) {
    this.#key = new SymmetricKey(blake2b(32, label, node.seed.expose()))
    this.#clock = clock
    this.#limits = limits
    this.#store = store
    this.#generations = this.#recall()
  }

  /** How many keys are remembered. */
  get size(): number {
    return this.#generations.reduce((sum, { prints }) => sum + prints.size, 0)
  }

  /** The fingerprint to ask for and to add. */
  printOf(ephemeral: X25519PublicKey): Fingerprint {
    const hash = blake2bWith(8, { key: this.#key.expose() }, ephemeral)
    const view = new DataView(hash.buffer, hash.byteOffset, 8)
    return { high: view.getUint32(0), low: view.getUint32(4) }
  }

  /** Whether a layer with this key was opened before. */
  has({ high, low }: Fingerprint): boolean {
    this.#age()
    for (const { prints } of this.#generations) if (prints.has(high, low)) return true
    return false
  }

  /** To be called for a layer that did open: what does not open was not sealed by a client that knows the key. */
  add(print: Fingerprint): void {
    this.#age()
    const [newest] = this.#generations
    if (newest === undefined || newest.prints.isFull) this.#begin()
    this.#generations[0]?.prints.add(print.high, print.low)
    this.#store?.append(print)
  }

  #recall(): readonly Generation[] {
    const now = this.#clock.monotonic()
    const { generationMs, generationSize } = this.#limits
    const recalled = (this.#store?.load() ?? []).filter(({ ageMs }) => ageMs < generations * generationMs)
    this.#store?.begin(generations * generationMs)
    const begun = { startedAt: now, prints: new FingerprintSet(generationSize) }
    if (recalled.length === 0) return [begun]
    // However often the node was started, one more set: its members are remembered as long as the youngest of them.
    const prints = new FingerprintSet(generationSize)
    for (const { high, low } of recalled.flatMap(group => group.prints)) prints.add(high, low)
    return [begun, { startedAt: now - Math.min(...recalled.map(({ ageMs }) => ageMs)), prints }]
  }

  #age(): void {
    const now = this.#clock.monotonic()
    const { generationMs } = this.#limits
    const oldest = this.#generations.at(-1)
    if (oldest !== undefined && now - oldest.startedAt >= generations * generationMs) {
      this.#generations = this.#generations.filter(({ startedAt }) => now - startedAt < generations * generationMs)
    }
    const [newest] = this.#generations
    if (newest === undefined || now - newest.startedAt >= generationMs) this.#begin()
  }

  #begin(): void {
    const { generationMs, generationSize } = this.#limits
    const begun = { startedAt: this.#clock.monotonic(), prints: new FingerprintSet(generationSize) }
    // Full ones follow each other faster: then the oldest goes before its time, so that memory has a bound.
    this.#generations = [begun, ...this.#generations.slice(0, generations)]
    this.#store?.begin(generations * generationMs)
  }
}
