import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { CliError } from '../../src/cli-error.ts'
import { givenPassphrase } from '../../src/messenger/read-passphrase.ts'
import { UsageError } from '../../src/usage-error.ts'

const folder = mkdtempSync(join(tmpdir(), 'sotto-passphrase-'))
afterAll(() => rmSync(folder, { recursive: true }))

let files = 0

function inFile(text: string): string {
  const path = join(folder, `passphrase-${files++}`)
  writeFileSync(path, text)
  return path
}

test.for([
  ['one line', 'one line'],
  ['one\ntwo\n', 'one'],
  ['windows\r\n', 'windows'],
  [' spaces stay ', ' spaces stay '],
  ['ünï', 'ünï'],
])('%j gives %j', ([text, passphrase]) => {
  expect(givenPassphrase({ 'passphrase-file': inFile(text ?? '') })).toEqual(new TextEncoder().encode(passphrase))
})

test('not asked for', () => {
  expect(givenPassphrase({})).toBeUndefined()
})

test.for([
  ['an empty file', { 'passphrase-file': inFile('') }, 'cli.no-passphrase'],
  ['a missing file', { 'passphrase-file': join(folder, 'nothing') }, 'cli.no-passphrase'],
  ['a closed descriptor', { 'passphrase-fd': '4242' }, 'cli.no-passphrase'],
] as const)('%s is refused', ([, choice, code]) => {
  expect(() => givenPassphrase(choice)).toThrow(expect.objectContaining({ name: 'CliError', code }) as CliError)
})

test('a passphrase that is far too long is refused', () => {
  expect(() => givenPassphrase({ 'passphrase-file': inFile('x'.repeat(1025)) })).toThrow(CliError)
  expect(givenPassphrase({ 'passphrase-file': inFile('x'.repeat(1024)) })?.length).toBe(1024)
})

test('only one place, and a number', () => {
  expect(() => givenPassphrase({ 'passphrase-file': 'a', 'passphrase-fd': '3' })).toThrow(UsageError)
  expect(() => givenPassphrase({ 'passphrase-fd': 'x' })).toThrow(UsageError)
})
