import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import { platform } from 'node:process'
import { Ed25519KeyPair, Ed25519Seed, wipeBytes, type RandomBytes } from '@sotto/protocol/crypto'
import { writeSecretFile } from '../files/write-secret-file.ts'
import { KeyFileError } from './key-file-error.ts'

const seedSize = 32

/**
 * Reads the long-term key of a server: a file with the 32 bytes of an Ed25519 seed and nothing else. A file that others
 * may read is refused, because then it is no secret any more.
 * @throws {KeyFileError} `key-file.missing`, `key-file.too-open`, `key-file.malformed`, `key-file.unreadable`
 */
export function loadKeyFile(path: string): Ed25519KeyPair {
  const seed = readSeed(path)
  try {
    return new Ed25519KeyPair(new Ed25519Seed(seed))
  } finally {
    wipeBytes(seed)
  }
}

/**
 * Makes a new key and its file, readable for its owner only (0600). After a crash either all of the file is there or none.
 * @throws {KeyFileError} `key-file.exists`, `key-file.unwritable`
 */
export function createKeyFile(path: string, random: RandomBytes): Ed25519KeyPair {
  const seed = random(seedSize)
  try {
    writeSecretFile(path, seed, { replace: false })
    return new Ed25519KeyPair(new Ed25519Seed(seed))
  } catch (cause) {
    throw new KeyFileError(codeOf(cause) === 'EEXIST' ? 'key-file.exists' : 'key-file.unwritable', {}, { cause })
  } finally {
    wipeBytes(seed)
  }
}

/**
 * The key at this path, made at the first start.
 * @throws {KeyFileError}
 */
export function loadOrCreateKeyFile(path: string, random: RandomBytes): Ed25519KeyPair {
  try {
    return loadKeyFile(path)
  } catch (error) {
    if (!(error instanceof KeyFileError) || error.code !== 'key-file.missing') throw error
  }
  try {
    return createKeyFile(path, random)
  } catch (error) {
    // Another process was faster: its key is the one.
    if (error instanceof KeyFileError && error.code === 'key-file.exists') return loadKeyFile(path)
    throw error
  }
}

function readSeed(path: string): Uint8Array {
  const file = open(path)
  try {
    const { mode } = fstatSync(file)
    if ((mode & constants.S_IFMT) !== constants.S_IFREG) throw new KeyFileError('key-file.malformed')
    // Windows has no such rights; there the folder's protect the file.
    if (platform !== 'win32' && (mode & 0o077) !== 0) throw new KeyFileError('key-file.too-open')
    // One byte more shows a file that is too long. Not `Buffer`, whose memory may be shared.
    const bytes = new Uint8Array(seedSize + 1)
    const size = readSync(file, bytes)
    if (size !== seedSize) throw new KeyFileError('key-file.malformed', { size })
    return bytes.subarray(0, seedSize)
  } catch (cause) {
    if (cause instanceof KeyFileError) throw cause
    throw new KeyFileError('key-file.unreadable', {}, { cause })
  } finally {
    closeSync(file)
  }
}

function open(path: string): number {
  try {
    // A pipe in the file's place must not make us wait.
    return openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  } catch (cause) {
    throw new KeyFileError(codeOf(cause) === 'ENOENT' ? 'key-file.missing' : 'key-file.unreadable', {}, { cause })
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
