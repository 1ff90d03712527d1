import { open, stat } from 'node:fs/promises'
import { Ed25519KeyPair, Ed25519Seed, type RandomBytes, wipeBytes } from '@sotto/protocol/crypto'
import { decodeHex, encodeHex, utf8Decode } from '@sotto/protocol/encoding'
import { SottoError } from '@sotto/protocol/error'
import { readAtMost } from './bounded-read.ts'
import { RegistryFileError } from './registry-file-error.ts'

const mostBytes = 128

/**
 * Makes a signer's key and its file: 64 hex digits of the Ed25519 seed and a line end, readable by its owner only.
 * @throws {RegistryFileError} `registry-file.key-exists`, `registry-file.not-written`
 */
export async function createSignerKey(path: string, random: RandomBytes): Promise<Ed25519KeyPair> {
  const seed = random(32)
  const keyPair = new Ed25519KeyPair(new Ed25519Seed(seed))
  try {
    await using file = await open(path, 'wx', 0o600)
    await file.writeFile(`${encodeHex(seed)}\n`)
    await file.sync()
  } catch (cause) {
    const exists = cause instanceof Error && 'code' in cause && cause.code === 'EEXIST'
    throw new RegistryFileError(exists ? 'registry-file.key-exists' : 'registry-file.not-written', {}, { cause })
  } finally {
    wipeBytes(seed)
  }
  return keyPair
}

/**
 * Reads a signer's key. A file that others may read is refused, on systems that know of others.
 * @throws {RegistryFileError} `registry-file.unreadable`, `registry-file.key-open-to-others`, `registry-file.bad-key`
 */
export async function loadSignerKey(path: string): Promise<Ed25519KeyPair> {
  const { mode, bytes } = await read(path).catch((cause: unknown) => {
    throw new RegistryFileError('registry-file.unreadable', {}, { cause })
  })
  if ((mode & 0o077) !== 0 && process.platform !== 'win32') {
    throw new RegistryFileError('registry-file.key-open-to-others', { mode: mode & 0o777 })
  }
  try {
    return new Ed25519KeyPair(new Ed25519Seed(decodeHex(utf8Decode(bytes).trimEnd())))
  } catch (cause) {
    if (!(cause instanceof SottoError)) throw cause
    throw new RegistryFileError('registry-file.bad-key', {}, { cause })
  }
}

async function read(path: string): Promise<{ readonly mode: number; readonly bytes: Uint8Array }> {
  const { mode } = await stat(path)
  return { mode, bytes: (await readAtMost(path, mostBytes)) ?? new Uint8Array(0) }
}
