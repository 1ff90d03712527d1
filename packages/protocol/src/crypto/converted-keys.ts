import { latin1Decode } from '../encoding/index.ts'
import { type Ed25519PublicKey, tryEd25519ToX25519 } from './ed25519.ts'
import { type X25519PublicKey } from './x25519.ts'

/**
 * Remembers the X25519 forms of accounts' keys: a node is asked by the same accounts every few seconds, a client hears from the
 * same people, and converting a key takes nearly as long as checking its signature. Spec 10 §1.1. Two lots, of which the older is dropped when the newer is full; what is asked for again
 * moves over.
 */
export class ConvertedKeys {
  readonly #lotSize: number
  #newer = new Map<string, X25519PublicKey>()
  #older: ReadonlyMap<string, X25519PublicKey> = new Map()

  /** Remembers the keys that were asked for last, at least half as many as `max`; some 300 bytes each. */
  constructor(max: number) {
    this.#lotSize = max / 2
  }

  /** How many are remembered. */
  get size(): number {
    return this.#newer.size + this.#older.size
  }

  /** As `tryEd25519ToX25519`. The result is shared: it must not be changed. */
  convert(key: Ed25519PublicKey): X25519PublicKey | undefined {
    const name = latin1Decode(key)
    const recent = this.#newer.get(name)
    if (recent !== undefined) return recent
    const converted = this.#older.get(name) ?? tryEd25519ToX25519(key)
    // Keys that have no other form are not worth a place: whoever sends them is up to no good.
    if (converted !== undefined) this.#keep(name, converted)
    return converted
  }

  #keep(name: string, converted: X25519PublicKey): void {
    if (this.#newer.size >= this.#lotSize) {
      this.#older = this.#newer
      this.#newer = new Map()
    }
    this.#newer.set(name, converted)
  }
}
