import fc from 'fast-check'
import { expect, test } from 'vitest'
import accounts from '../../../../vectors/accounts.json' with { type: 'json' }
import servers from '../../../../vectors/servers.json' with { type: 'json' }
import {
  contentFileId,
  createFileIdHasher,
  isContentFileId,
  parseFileId,
  pointerFileId,
  quicFileId,
} from '../../src/attachment/index.ts'
import { decodeHex } from '../../src/encoding/index.ts'
import { codeOf } from '../coded.ts'

test.for(servers.file_ids.cases)('known answer $http_salt_id', v => {
  expect(contentFileId(decodeHex(v.body))).toBe(v.http_salt_id)
  expect(quicFileId(decodeHex(v.body))).toBe(v.quic_key_id)
})

test('the known answer of another file', () => {
  expect(contentFileId(decodeHex(accounts.fileId.dataHex))).toBe(accounts.fileId.id)
})

test('a file that arrives in pieces has the same id', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 5 }), parts => {
      const hasher = createFileIdHasher()
      for (const part of parts) hasher.update(part)
      const id = hasher.finish()
      expect(id).toBe(contentFileId(...parts))
      expect(parseFileId(id)).toBe(id)
      expect(isContentFileId(id)).toBe(true)
    }),
  )
})

test('an id that is given up has ended', () => {
  const hasher = createFileIdHasher()
  hasher.close()
  expect(codeOf(() => hasher.update(new Uint8Array(1)))).toBe('crypto.stream-ended')
  expect(codeOf(() => hasher.finish())).toBe('crypto.stream-ended')
})

test('ids are letters, digits, hyphens and underscores', () => {
  for (const text of ['1', '9007199254740992', 'a'.repeat(64), 'A_b-9']) expect(parseFileId(text)).toBe(text)
  for (const text of ['', 'a/b', '..', 'a b', 'ä', 'a\n', 'a%20', 'a'.repeat(65), '__proto__ ']) {
    expect(codeOf(() => parseFileId(text))).toBe('file-server.bad-id')
  }
})

test.for([
  ['0', 0n],
  ['123', 123n],
  ['9007199254740993', 9007199254740993n],
  ['18446744073709551615', 18446744073709551615n],
  ['18446744073709551616', 0n],
  ['1'.repeat(44), 0n],
  ['12a', 0n],
  ['-12', 0n],
] as const)('the pointer says %s as %s', ([text, id]) => {
  expect(pointerFileId(parseFileId(text))).toBe(id)
})
