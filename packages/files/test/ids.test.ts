import { join, relative, sep } from 'node:path'
import { systemRandom } from '@sotto/server'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { drawNumericId } from '../src/ids/numeric-ids.ts'
import { fileNumber, readFileId } from '../src/ids/known-id.ts'
import { FolderStorage } from '../src/storage/folder-storage.ts'

const root = join(sep, 'srv', 'files')
const storage = new FolderStorage(root)

const texts = fc.oneof(
  fc.string({ maxLength: 60, unit: 'binary' }),
  fc.stringMatching(/^[A-Za-z0-9_-]{43,45}$/),
  fc.stringMatching(/^[0-9]{1,17}$/),
  fc.constantFrom(
    '..',
    '../../etc/passwd',
    '%2e%2e%2f',
    '..\\..',
    '.',
    'con',
    'a/b',
    '\0',
    '-1',
    '01',
    '1e3',
    ' 1',
    '1\n',
  ),
  fc.array(fc.constantFrom('..', '/', '\\', '%2f', 'a', '0', '\0'), { maxLength: 44 }).map(parts => parts.join('')),
)

test('only ids become names of files, two levels below the folder', () => {
  fc.assert(
    fc.property(texts, text => {
      const id = readFileId(text)
      if (id === undefined) return
      expect(id).toBe(text)
      expect(id).toMatch(/^(?:[A-Za-z0-9_-]{44}|0|[1-9][0-9]{0,15})$/)
      const parts = relative(root, storage.pathOf(id)).split(sep)
      expect(parts.length).toBe(2)
      expect(parts[1]).toBe(id)
      expect(parts[0]).toMatch(/^(?:[A-Za-z0-9_-]{2}|[0-9]{3})$/)
    }),
    { numRuns: 5000 },
  )
})

test.for(['', '-1', '01', '9007199254740992', '99999999999999999', 'a', 'A'.repeat(43), 'A'.repeat(45), '1\n', '../x'])(
  'no id: %j',
  text => expect(readFileId(text)).toBe(undefined),
)

test('numbers go up to 2^53 - 1', () => {
  const id = readFileId('9007199254740991')
  expect(id !== undefined && fileNumber(id)).toBe(Number.MAX_SAFE_INTEGER)
})

test('numbers that are drawn have their top bits as they are fixed, and are ids', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 16 }), fc.nat(), (fixedBits, any) => {
      const prefix = any % 2 ** fixedBits
      const id = drawNumericId(systemRandom, { fixedBits, prefix })
      expect(readFileId(id)).toBe(id)
      expect(BigInt(id) >> BigInt(53 - fixedBits)).toBe(BigInt(prefix))
    }),
  )
})
