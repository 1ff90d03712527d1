import {
  Ed25519KeyPair,
  Ed25519Seed,
  nonce12,
  nonce24,
  SymmetricKey,
  X25519KeyPair,
  X25519SecretKey,
  type Nonce12,
  type Nonce24,
  type RandomBytes,
} from '@sotto/protocol/crypto'
import { array, constant, integer, oneof, record, uint8Array, type Arbitrary } from 'fast-check'
import { bombed, flipBit, spliced, truncated } from './mutations.ts'
import { seededRandom } from './seeded-random.ts'

/** Any bytes, from none up to `maxLength`. */
export function anyBytes(maxLength = 256): Arbitrary<Uint8Array> {
  return uint8Array({ maxLength }).map(plain)
}

/** Exactly `length` bytes. */
export function bytesOf(length: number): Arbitrary<Uint8Array> {
  return uint8Array({ minLength: length, maxLength: length }).map(plain)
}

/** Any 24-byte nonce. */
export function anyNonce24(): Arbitrary<Nonce24> {
  return bytesOf(24).map(nonce24)
}

/** Any 12-byte nonce. */
export function anyNonce12(): Arbitrary<Nonce12> {
  return bytesOf(12).map(nonce12)
}

/** Any symmetric key. */
export function anySymmetricKey(): Arbitrary<SymmetricKey> {
  return bytesOf(32).map(bytes => new SymmetricKey(bytes))
}

/** Any X25519 key pair. */
export function anyX25519KeyPair(): Arbitrary<X25519KeyPair> {
  return bytesOf(32).map(bytes => new X25519KeyPair(new X25519SecretKey(bytes)))
}

/** Any Ed25519 key pair. */
export function anyEd25519KeyPair(): Arbitrary<Ed25519KeyPair> {
  return bytesOf(32).map(bytes => new Ed25519KeyPair(new Ed25519Seed(bytes)))
}

/** A source of randomness that repeats itself where the property fails. */
export function anyRandom(): Arbitrary<RandomBytes> {
  return integer().map(seed => seededRandom(seed))
}

/** A beginning of the bytes that is shorter than they are. Of no bytes there is none. */
export function anyPrefix(bytes: Uint8Array): Arbitrary<Uint8Array> {
  return integer({ min: 0, max: bytes.length - 1 }).map(length => truncated(bytes, length))
}

/** The bytes with one bit flipped. Of no bytes there is none. */
export function anyBitFlip(bytes: Uint8Array): Arbitrary<Uint8Array> {
  return integer({ min: 0, max: 8 * bytes.length - 1 }).map(at => flipBit(bytes, at))
}

/**
 * What an enemy makes of a good message: cut short, bits flipped, lengths blown up, a piece replaced by another one, or
 * several of these after each other. Rarely, and always for no bytes, the result may be what was put in.
 */
export function hostile(bytes: Uint8Array): Arbitrary<Uint8Array> {
  const at = integer({ min: 0, max: Math.max(0, bytes.length - 1) })
  const step: Arbitrary<(input: Uint8Array) => Uint8Array> = oneof(
    at.map(length => (input: Uint8Array) => truncated(input, length)),
    integer({ min: 0, max: Math.max(0, 8 * bytes.length - 1) }).map(bit => (input: Uint8Array) => flipBit(input, bit)),
    record({ at, kind: integer({ min: 0, max: 5 }) }).map(bomb => (input: Uint8Array) => bombed(input, bomb)),
    record({ at, remove: integer({ min: 0, max: 8 }), insert: anyBytes(8) }).map(
      splice => (input: Uint8Array) => spliced(input, splice),
    ),
    anyBytes(16).map(more => (input: Uint8Array) => spliced(input, { at: input.length, remove: 0, insert: more })),
  )
  return array(step, { minLength: 1, maxLength: 4 }).map(steps => steps.reduce((input, run) => run(input), bytes))
}

/** Any bytes at all, or good bytes in an enemy's hands: what every parser must survive. */
export function anyInput(good: Arbitrary<Uint8Array>): Arbitrary<Uint8Array> {
  return oneof(
    anyBytes(),
    good.chain(bytes => hostile(bytes)),
    constant(new Uint8Array(0)),
  )
}

/** Properties are run under Node too, whose arrays would otherwise carry more methods than a browser's. */
function plain(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from(bytes)
}
