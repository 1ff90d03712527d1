import {
  type MlKem768KeyPair,
  mlKem768KeyPair,
  type MlKem768PublicKey,
  type RandomBytes,
  Secret,
  shake256,
  wipeBytes,
  X25519KeyPair,
  type X25519PublicKey,
  X25519SecretKey,
} from '../../crypto/index.ts'
import { utf8Encode } from '../../encoding/index.ts'

/** The 32 random bytes that one generation of an account's rotating keys grows from. Spec 10 §2.6. */
export class RotatingSeed extends Secret {
  override readonly kind = 'RotatingSeed'

  /** @throws {CryptoError} `crypto.bad-length` */
  constructor(bytes: Uint8Array) {
    super(bytes, 32)
  }
}

/** One generation of keys that all devices of an account share; or those of one device. Spec 10 §2.6. */
export interface RotatingKeys {
  readonly x25519: X25519KeyPair
  readonly mlKem: MlKem768KeyPair
}

/** What a sender needs of them. Spec 10 §2.6. */
export interface RotatingPublicKeys {
  readonly x25519: X25519PublicKey
  readonly mlKem: MlKem768PublicKey
}

const domains = { account: utf8Encode('SessionAccountKeys'), device: utf8Encode('SessionDeviceKeys') }

/** Draws a new generation. Spec 10 §2.6. */
export function createRotatingSeed(random: RandomBytes): RotatingSeed {
  const bytes = random(32)
  const seed = new RotatingSeed(bytes)
  wipeBytes(bytes)
  return seed
}

/** SHAKE256(domain ‖ seed), 96 bytes: X25519 secret key 32 ‖ ML-KEM-768 seed 64. Spec 10 §2.6. */
export function deriveRotatingKeys(seed: RotatingSeed, owner: 'account' | 'device' = 'account'): RotatingKeys {
  const bytes = shake256(96, domains[owner], seed.expose())
  const keys = {
    x25519: new X25519KeyPair(new X25519SecretKey(bytes.subarray(0, 32))),
    mlKem: mlKem768KeyPair(bytes.subarray(32)),
  }
  wipeBytes(bytes)
  return keys
}

/** The public halves. Spec 10 §2.6. */
export function publicKeysOf({ x25519, mlKem }: RotatingKeys): RotatingPublicKeys {
  return { x25519: x25519.publicKey, mlKem: mlKem.publicKey }
}
