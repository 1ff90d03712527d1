import {
  contentFileId,
  deterministicPadding,
  LegacyAttachmentKey,
  legacyPaddedSize,
  openDeterministicFile,
  openLegacyAttachment,
  sealDeterministicFile,
  sealLegacyAttachment,
} from '@sotto/protocol/attachment'
import { Ed25519Seed } from '@sotto/protocol/crypto'
import type { Bare } from '../bare/bare.ts'
import type { BenchCase } from '../case.ts'

/**
 * The attachment sub-path, with the largest file that people send: its streams against all passes over the bytes that
 * the formats demand, each run alone and over everything at once.
 */
export function attachmentCases(bare: Bare): readonly BenchCase[] {
  return [
    deterministicCase(bare),
    openDeterministicCase(bare),
    legacyCase(bare),
    openLegacyCase(bare),
    fileIdCase(bare),
  ]
}

const goal = 1.15
const size = 10_000_000
const chunkSize = 32_768

function deterministicCase(bare: Bare): BenchCase {
  const data = new Uint8Array(size).fill(5)
  const seed = new Ed25519Seed(new Uint8Array(32).fill(1))
  const header = new Uint8Array(24)
  const plain = new Uint8Array(deterministicPadding(size) + size)
  const chunks = split(plain, chunkSize)
  return {
    name: 'attachment/deterministic seal 10 MB',
    goal,
    ours: () => sealDeterministicFile(data, seed, 'attachment'),
    bare: () => [bare.blake2b(56, data), bare.secretStream(seed.expose(), header, chunks)],
  }
}

function openDeterministicCase(bare: Bare): BenchCase {
  const seed = new Ed25519Seed(new Uint8Array(32).fill(1))
  const { blob, key } = sealDeterministicFile(new Uint8Array(size).fill(5), seed, 'attachment')
  // A byte that names the format, then the header of the stream, then its chunks, each 17 bytes longer than plain.
  const header = blob.subarray(1, 25)
  const chunks = split(blob.subarray(25), chunkSize + 17)
  const raw = key.expose()
  return {
    name: 'attachment/deterministic open 10 MB',
    goal,
    ours: () => openDeterministicFile(blob, key),
    bare: () => bare.openSecretStream(raw, header, chunks),
  }
}

function split(bytes: Uint8Array, step: number): readonly Uint8Array[] {
  const count = Math.ceil(bytes.length / step)
  return Array.from({ length: count }, (_, at) => bytes.subarray(at * step, (at + 1) * step))
}

function legacyCase(bare: Bare): BenchCase {
  const data = new Uint8Array(size).fill(5)
  const key = new LegacyAttachmentKey(new Uint8Array(64).fill(1))
  const half = key.expose().subarray(32)
  const iv = new Uint8Array(16)
  const padded = new Uint8Array(legacyPaddedSize(size))
  return {
    name: 'attachment/legacy seal 10 MB',
    goal,
    ours: () => sealLegacyAttachment(data, key, iv),
    bare: () => {
      const ciphertext = bare.aes256cbc(half, iv, padded)
      return [bare.hmacSha256(half, ciphertext), bare.sha256(ciphertext)]
    },
  }
}

/** The same passes as for sealing: MAC and digest must be right before a byte is decrypted. */
function openLegacyCase(bare: Bare): BenchCase {
  const key = new LegacyAttachmentKey(new Uint8Array(64).fill(1))
  const half = key.expose().subarray(32)
  const iv = new Uint8Array(16)
  const { blob, digest } = sealLegacyAttachment(new Uint8Array(size).fill(5), key, iv)
  const ciphertext = blob.subarray(16, -32)
  return {
    name: 'attachment/legacy open 10 MB',
    goal,
    ours: () => openLegacyAttachment(blob, { key, digest, sizeBytes: size }),
    bare: () => [
      bare.hmacSha256(half, ciphertext),
      bare.sha256(ciphertext),
      bare.aes256cbcOpen(key.expose().subarray(0, 32), iv, ciphertext),
    ],
  }
}

function fileIdCase(bare: Bare): BenchCase {
  const data = new Uint8Array(size).fill(5)
  return {
    name: 'attachment/file id 10 MB',
    goal,
    ours: () => contentFileId(data),
    bare: () => bare.blake2b(33, data),
  }
}
