import {
  aes256gcmOpen,
  aes256gcmSeal,
  blake2b,
  createAes256CbcEncryptor,
  Ed25519KeyPair,
  Ed25519Seed,
  ed25519Sign,
  ed25519ToX25519,
  ed25519Verify,
  hmacSha256,
  multiplyPoint,
  nonce12,
  nonce24,
  openSealedBox,
  privateScalar,
  sealBox,
  sha512,
  SymmetricKey,
  x25519,
  X25519KeyPair,
  X25519SecretKey,
  xchacha20poly1305Open,
  xchacha20poly1305Seal,
} from '@sotto/protocol/crypto'
import type { Bare } from '../bare/bare.ts'
import type { BenchCase } from '../case.ts'

/** The crypto sub-path: our checks, brands and secret classes against the naked calls. */
export function cryptoCases(bare: Bare): readonly BenchCase[] {
  return [...curveCases(bare), ...hashCases(bare), ...cipherCases(bare), ...boxCases(bare)]
}

const goal = 1.25
const filled = (size: number, byte: number): Uint8Array => new Uint8Array(size).fill(byte)

function curveCases(bare: Bare): readonly BenchCase[] {
  const bob = new X25519KeyPair(new X25519SecretKey(filled(32, 2)))
  const alice = new X25519KeyPair(new X25519SecretKey(filled(32, 1)))
  const signer = new Ed25519KeyPair(new Ed25519Seed(filled(32, 3)))
  const message = filled(400, 7)
  const signature = ed25519Sign(signer, message)
  const secret = alice.secretKey.expose()
  const secret64 = signer.expose()
  const scalar = privateScalar(signer)
  return [
    {
      name: 'crypto/x25519',
      goal,
      ours: () => x25519(alice.secretKey, bob.publicKey),
      bare: () => bare.x25519(secret, bob.publicKey),
    },
    {
      name: 'crypto/x25519 key pair',
      goal,
      ours: () => new X25519KeyPair(new X25519SecretKey(secret)),
      bare: () => bare.x25519Base(secret),
    },
    {
      name: 'crypto/ed25519 sign 400 B',
      goal,
      ours: () => ed25519Sign(signer, message),
      bare: () => bare.ed25519Sign(secret64, message),
    },
    {
      name: 'crypto/ed25519 verify 400 B',
      goal,
      ours: () => ed25519Verify(signer.publicKey, message, signature),
      bare: () => bare.ed25519Verify(signer.publicKey, message, signature),
    },
    {
      name: 'crypto/ed25519 to x25519',
      goal,
      ours: () => ed25519ToX25519(signer.publicKey),
      bare: () => bare.ed25519ToX25519(signer.publicKey),
    },
    {
      name: 'crypto/point times scalar',
      goal,
      ours: () => multiplyPoint(scalar, signer.publicKey),
      bare: () => bare.pointMultiply(scalar.expose(), signer.publicKey),
    },
  ]
}

function hashCases(bare: Bare): readonly BenchCase[] {
  const kilobyte = filled(1024, 5)
  const large = filled(1 << 20, 5)
  const key = filled(32, 6)
  return [
    {
      name: 'crypto/blake2b-256 1 KB',
      goal,
      ours: () => blake2b(32, kilobyte),
      bare: () => bare.blake2b(32, kilobyte),
    },
    { name: 'crypto/blake2b-256 1 MB', goal, ours: () => blake2b(32, large), bare: () => bare.blake2b(32, large) },
    { name: 'crypto/sha-512 1 KB', goal, ours: () => sha512(kilobyte), bare: () => bare.sha512(kilobyte) },
    {
      name: 'crypto/hmac-sha-256 1 KB',
      goal,
      ours: () => hmacSha256(key, kilobyte),
      bare: () => bare.hmacSha256(key, kilobyte),
    },
  ]
}

function cipherCases(bare: Bare): readonly BenchCase[] {
  const key = new SymmetricKey(filled(32, 4))
  const raw = key.expose()
  const n24 = nonce24(filled(24, 1))
  const n12 = nonce12(filled(12, 1))
  const iv = filled(16, 1)
  const kilobyte = filled(1024, 5)
  const large = filled(1 << 16, 5)
  const xSealed = xchacha20poly1305Seal(key, n24, kilobyte)
  const gSealed = aes256gcmSeal(key, n12, kilobyte)
  return [
    {
      name: 'crypto/xchacha20 seal 1 KB',
      goal,
      ours: () => xchacha20poly1305Seal(key, n24, kilobyte),
      bare: () => bare.xchacha20poly1305Seal(raw, n24, kilobyte),
    },
    {
      name: 'crypto/xchacha20 open 1 KB',
      goal,
      ours: () => xchacha20poly1305Open(key, n24, xSealed),
      bare: () => bare.xchacha20poly1305Open(raw, n24, xSealed),
    },
    {
      name: 'crypto/aes-gcm seal 1 KB',
      goal,
      ours: () => aes256gcmSeal(key, n12, kilobyte),
      bare: () => bare.aes256gcmSeal(raw, n12, kilobyte),
    },
    {
      name: 'crypto/aes-gcm open 1 KB',
      goal,
      ours: () => aes256gcmOpen(key, n12, gSealed),
      bare: () => bare.aes256gcmOpen(raw, n12, gSealed),
    },
    {
      name: 'crypto/aes-cbc 64 KB',
      goal,
      ours: () => {
        const stream = createAes256CbcEncryptor(key, iv)
        return [stream.update(large), stream.finish()]
      },
      bare: () => bare.aes256cbc(raw, iv, large),
    },
  ]
}

function boxCases(bare: Bare): readonly BenchCase[] {
  const bob = new X25519KeyPair(new X25519SecretKey(filled(32, 2)))
  const ephemeral = filled(32, 9)
  const message = filled(500, 5)
  const sealed = sealBox(message, bob.publicKey, new X25519KeyPair(new X25519SecretKey(ephemeral)))
  const secret = bob.secretKey.expose()
  return [
    {
      name: 'crypto/sealed box 500 B',
      goal,
      ours: () => sealBox(message, bob.publicKey, new X25519KeyPair(new X25519SecretKey(ephemeral))),
      bare: () => bare.sealBox(message, bob.publicKey),
    },
    {
      name: 'crypto/sealed box open 500 B',
      goal,
      ours: () => openSealedBox(sealed, bob),
      bare: () => bare.openSealedBox(sealed, bob.publicKey, secret),
    },
  ]
}
