import {
  contentFileId,
  deterministicPadding,
  LegacyAttachmentKey,
  legacyPaddedSize,
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
  return [deterministicCase(bare), legacyCase(bare), fileIdCase(bare)]
}

const goal = 1.15
const size = 10_000_000
const chunkSize = 32_768

function deterministicCase(bare: Bare): BenchCase {
  const data = new Uint8Array(size).fill(5)
  const seed = new Ed25519Seed(new Uint8Array(32).fill(1))
  const header = new Uint8Array(24)
  const plain = new Uint8Array(deterministicPadding(size) + size)
  const chunks: Uint8Array[] = []
  for (let at = 0; at < plain.length; at += chunkSize) chunks.push(plain.subarray(at, at + chunkSize))
  return {
    name: 'attachment/deterministic seal 10 MB',
    goal,
    ours: () => sealDeterministicFile(data, seed, 'attachment'),
    bare: () => [bare.blake2b(56, data), bare.secretStream(seed.expose(), header, chunks)],
  }
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

function fileIdCase(bare: Bare): BenchCase {
  const data = new Uint8Array(size).fill(5)
  return {
    name: 'attachment/file id 10 MB',
    goal,
    ours: () => contentFileId(data),
    bare: () => bare.blake2b(33, data),
  }
}
