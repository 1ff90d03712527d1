import {
  CryptoError,
  Ed25519KeyPair,
  Ed25519Seed,
  ed25519PublicKey,
  ed25519Signature,
  ed25519ToX25519,
  ed25519Verify,
  mlKem768Encapsulate,
  mlKem768KeyPair,
  mlKem768PublicKey,
  multiplyPoint,
  openSealedBox,
  Scalar,
  sealBox,
  SecretStreamOpener,
  SecretStreamSealer,
  SymmetricKey,
  x25519,
  X25519KeyPair,
  x25519PublicKey,
  X25519SecretKey,
  x25519ToEd25519,
  xed25519Verify,
} from '../src/crypto/index.ts'
import type { FuzzTarget } from './target.ts'

const secret = new Uint8Array(32).fill(7)
const pair = new X25519KeyPair(new X25519SecretKey(secret))
const signer = new Ed25519KeyPair(new Ed25519Seed(secret))
const scalar = new Scalar(new Uint8Array(32).fill(3))
const key = new SymmetricKey(secret)
const header = new Uint8Array(24)
const message = new Uint8Array(20)
const kem = mlKem768KeyPair(new Uint8Array(64))

/** Functions of `@sotto/protocol/crypto` that take points, signatures and ciphertexts from outside. */
export const targets: readonly FuzzTarget[] = [
  {
    name: 'crypto/x25519-key',
    corpus: [pair.publicKey],
    run: input => void x25519(pair.secretKey, x25519PublicKey(input)),
  },
  {
    name: 'crypto/ed25519-key',
    corpus: [signer.publicKey],
    run: input => {
      const point = ed25519PublicKey(input)
      const outcomes = [() => ed25519ToX25519(point), () => multiplyPoint(scalar, point)].map(succeeds)
      // Both refuse exactly the points outside the main subgroup.
      if (outcomes[0] !== outcomes[1]) throw new Error('the conversions disagree about a point')
      ed25519Verify(point, message, ed25519Signature(new Uint8Array(64)))
    },
  },
  {
    name: 'crypto/x25519-to-ed25519',
    corpus: [pair.publicKey],
    run: input => void x25519ToEd25519(x25519PublicKey(input)),
  },
  {
    name: 'crypto/xed25519-signature',
    corpus: [new Uint8Array(64)],
    run: input => void xed25519Verify(pair.publicKey, message, ed25519Signature(input)),
  },
  {
    name: 'crypto/sealed-box',
    corpus: [sealBox(message, pair.publicKey, pair)],
    run: input => void openSealedBox(input, pair),
  },
  {
    name: 'crypto/secret-stream',
    corpus: [new SecretStreamSealer(key, header).seal(message, 'final')],
    run: input => {
      const opener = new SecretStreamOpener(key, header)
      try {
        opener.open(input)
      } finally {
        opener.close()
      }
    },
  },
  {
    name: 'crypto/ml-kem-key',
    corpus: [kem.publicKey],
    run: input => void mlKem768Encapsulate(mlKem768PublicKey(input), new Uint8Array(32)),
  },
]

function succeeds(run: () => unknown): boolean {
  try {
    run()
    return true
  } catch (error) {
    if (error instanceof CryptoError) return false
    throw error
  }
}
