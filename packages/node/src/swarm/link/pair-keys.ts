import { blake2b, CryptoError, SymmetricKey, wipeBytes, x25519, type X25519PublicKey } from '@sotto/protocol/crypto'
import { utf8Encode } from '@sotto/protocol/encoding'
import { type NodeId } from '@sotto/protocol/swarm'
import { type NodeDirectory } from '@sotto/registry'
import { type NodeIdentity } from '../../rpc/node-identity.ts'

/** The keys between this node and another one. Requests and answers have their own, and each node its own for requests. */
export interface PairKeys {
  /** Seals what this node asks. */
  readonly askKey: SymmetricKey
  /** Opens what it is answered. */
  readonly answeredKey: SymmetricKey
  /** Opens what this node is asked. */
  readonly askedKey: SymmetricKey
  /** Seals what it answers. */
  readonly answerKey: SymmetricKey
}

const requestLabel = utf8Encode('sotto-member-request-1')
const answerLabel = utf8Encode('sotto-member-answer-1')

/**
 * Derives the keys between two nodes from their static X25519 keys, so only these two can seal what the other opens:
 * BLAKE2b-256(label ‖ X25519 ‖ asking node's key ‖ answering node's key). See docs/protocol/member-link.md.
 * @throws {CryptoError} `crypto.weak-key`
 */
export function derivePairKeys({ x25519: own }: NodeIdentity, other: X25519PublicKey): PairKeys {
  const shared = x25519(own.secretKey, other)
  const key = (label: Uint8Array, asking: Uint8Array, answering: Uint8Array): SymmetricKey =>
    new SymmetricKey(blake2b(32, label, shared, asking, answering))
  const keys = {
    askKey: key(requestLabel, own.publicKey, other),
    answeredKey: key(answerLabel, own.publicKey, other),
    askedKey: key(requestLabel, other, own.publicKey),
    answerKey: key(answerLabel, other, own.publicKey),
  }
  wipeBytes(shared)
  return keys
}

/** The keys to every listed node, derived when they are first needed. */
export class PairKeyRing {
  readonly #identity: NodeIdentity
  readonly #directory: NodeDirectory
  readonly #keys = new Map<NodeId, PairKeys>()

  constructor(identity: NodeIdentity, directory: NodeDirectory) {
    this.#identity = identity
    this.#directory = directory
  }

  /** `undefined` for this node itself, for nodes that are not listed, and for such with a key that is none. */
  of(node: NodeId): PairKeys | undefined {
    const entry = node === this.#identity.id ? undefined : this.#directory.byId(node)
    if (entry === undefined) {
      this.#keys.delete(node)
      return undefined
    }
    const known = this.#keys.get(node)
    if (known !== undefined) return known
    const keys = this.#tryDerive(entry.x25519)
    if (keys !== undefined) this.#keep(node, keys)
    return keys
  }

  /** Nodes come and go: when more keys are kept than nodes are listed, all are derived anew. */
  #keep(node: NodeId, keys: PairKeys): void {
    if (this.#keys.size >= this.#directory.list().nodes.length) this.#keys.clear()
    this.#keys.set(node, keys)
  }

  #tryDerive(key: X25519PublicKey): PairKeys | undefined {
    try {
      return derivePairKeys(this.#identity, key)
    } catch (error) {
      if (error instanceof CryptoError) return undefined
      throw error
    }
  }
}
