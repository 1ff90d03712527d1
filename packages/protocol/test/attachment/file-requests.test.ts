import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  contentFileId,
  downloadRequest,
  extendRequest,
  fileInfoRequest,
  parseFileId,
  parseFileInfo,
  parseUploadReply,
  uploadRequest,
} from '../../src/attachment/index.ts'
import { utf8Encode } from '../../src/encoding/index.ts'
import { codeOf } from '../coded.ts'

const content = contentFileId(new Uint8Array(3))
const number = parseFileId('123')

/** The body of an answer. */
function body(reply: unknown): Uint8Array {
  return utf8Encode(JSON.stringify(reply))
}

test('requests', () => {
  expect(uploadRequest()).toEqual({ method: 'POST', path: '/file', headers: new Map() })
  expect(uploadRequest(60).headers).toEqual(new Map([['X-FS-TTL', '60']]))
  expect(downloadRequest(number)).toEqual({ method: 'GET', path: '/file/123', headers: new Map() })
  expect(fileInfoRequest(content)).toMatchObject({ method: 'GET', path: `/file/${content}/info` })
  expect(extendRequest(content)).toEqual({ method: 'POST', path: `/file/${content}/extend`, headers: new Map() })
  expect(extendRequest(content, 86_400).headers.get('X-FS-TTL')).toBe('86400')
})

test('what a server would refuse is not asked', () => {
  expect(codeOf(() => extendRequest(number))).toBe('file-server.not-extendable')
  for (const ttl of [-1, 0.5, Number.NaN, 2 ** 53]) {
    expect(codeOf(() => uploadRequest(ttl))).toBe('file-server.bad-ttl')
    expect(codeOf(() => extendRequest(content, ttl))).toBe('file-server.bad-ttl')
  }
})

test('answers', () => {
  expect(parseUploadReply(body({ id: '123' }))).toEqual({ id: '123', expiresAt: undefined })
  expect(parseUploadReply(body({ id: content, expires: 1_700_000_000.1234, more: 1 }))).toEqual({
    id: content,
    expiresAt: 1_700_000_000_123,
  })
  expect(parseFileInfo(body({ size: 4096, uploaded: 1.5, expires: 2 }))).toEqual({
    sizeBytes: 4096,
    uploadedAt: 1500,
    expiresAt: 2000,
  })
})

test.for([
  [null],
  ['id'],
  [[]],
  [{}],
  [{ id: 123 }],
  [{ id: '' }],
  [{ id: '../x' }],
  [{ id: '1', expires: '5' }],
  [{ id: '1', expires: null }],
  [{ id: '1', expires: -1 }],
  [{ id: '1', expires: 1e300 }],
] as const)('%j is no answer to an upload', ([reply]) => {
  expect(codeOf(() => parseUploadReply(body(reply)))).toBe('file-server.bad-reply')
})

test.for([
  [{}],
  [{ size: 1 }],
  [{ size: 1, uploaded: 1 }],
  [{ size: 1, expires: 1 }],
  [{ size: '1', uploaded: 1, expires: 1 }],
  [{ size: -1, uploaded: 1, expires: 1 }],
  [{ size: 1.5, uploaded: 1, expires: 1 }],
  [{ size: 1, uploaded: null, expires: 1 }],
] as const)('%j is no answer about a file', ([reply]) => {
  expect(codeOf(() => parseFileInfo(body(reply)))).toBe('file-server.bad-reply')
})

test('what is no JSON, or too much of it, is no answer', () => {
  for (const bytes of [
    new Uint8Array(),
    utf8Encode('{"id":"1"'),
    Uint8Array.of(0xff),
    new Uint8Array(100_000).fill(0x20),
  ]) {
    expect(codeOf(() => parseUploadReply(bytes))).toBe('file-server.bad-reply')
  }
})

test('any JSON is read or refused', () => {
  fc.assert(
    fc.property(fc.jsonValue(), reply => {
      for (const parse of [parseUploadReply, parseFileInfo]) {
        expect(codeOf(() => void parse(body(reply))) ?? 'file-server.bad-reply').toBe('file-server.bad-reply')
      }
    }),
  )
})
