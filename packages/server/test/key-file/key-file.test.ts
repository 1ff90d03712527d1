import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { seededRandom } from '@sotto/testing'
import { expect, test } from 'vitest'
import { createKeyFile, KeyFileError, loadKeyFile, loadOrCreateKeyFile, type KeyFileErrorCode } from '@sotto/server'
import { temporaryFolder } from '../support/temporary-folder.ts'

function codeOf(run: () => unknown): KeyFileErrorCode | undefined {
  try {
    run()
  } catch (error) {
    if (error instanceof KeyFileError && error.sentence.endsWith('.')) return error.code
    throw error
  }
  return undefined
}

test('the first start makes a key, later ones find it', () => {
  const folder = temporaryFolder()
  const path = join(folder, 'key')
  const first = loadOrCreateKeyFile(path, seededRandom(1))
  const second = loadOrCreateKeyFile(path, seededRandom(2))
  expect(second.publicKey).toEqual(first.publicKey)
  expect(first.seed.expose()).toEqual(seededRandom(1)(32))
  expect(Uint8Array.from(readFileSync(path))).toEqual(seededRandom(1)(32))
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(readdirSync(folder)).toEqual(['key'])
})

test('a file that is there is not overwritten', () => {
  const path = join(temporaryFolder(), 'key')
  const first = createKeyFile(path, seededRandom(1))
  expect(codeOf(() => createKeyFile(path, seededRandom(2)))).toBe('key-file.exists')
  expect(loadKeyFile(path).publicKey).toEqual(first.publicKey)
})

test.for([0o640, 0o604, 0o620, 0o602, 0o660, 0o777])('rights %o are refused', mode => {
  const path = join(temporaryFolder(), 'key')
  createKeyFile(path, seededRandom(1))
  chmodSync(path, mode)
  expect(codeOf(() => loadKeyFile(path))).toBe('key-file.too-open')
  expect(codeOf(() => loadOrCreateKeyFile(path, seededRandom(1)))).toBe('key-file.too-open')
})

test.for([0, 31, 33, 64, 1000])('%i bytes are no key', size => {
  const path = join(temporaryFolder(), 'key')
  writeFileSync(path, new Uint8Array(size), { mode: 0o600 })
  expect(codeOf(() => loadKeyFile(path))).toBe('key-file.malformed')
})

test('no file, no folder, and a folder in its place', () => {
  const folder = temporaryFolder()
  expect(codeOf(() => loadKeyFile(join(folder, 'key')))).toBe('key-file.missing')
  expect(codeOf(() => createKeyFile(join(folder, 'none', 'key'), seededRandom(1)))).toBe('key-file.unwritable')
  mkdirSync(join(folder, 'key'), { mode: 0o700 })
  expect(codeOf(() => loadKeyFile(join(folder, 'key')))).toBe('key-file.malformed')
  writeFileSync(join(folder, 'file'), '')
  expect(codeOf(() => loadKeyFile(join(folder, 'file', 'key')))).toBe('key-file.unreadable')
})
