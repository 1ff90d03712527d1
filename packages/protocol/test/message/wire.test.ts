import fc from 'fast-check'
import { expect, test } from 'vitest'
import { concatBytes } from '../../src/encoding/index.ts'
import { SottoError } from '../../src/error/index.ts'
import { encodeContent, MAX_CONTENT_LENGTH, decodeContent, type VisibleMessage } from '../../src/message/index.ts'
import { codeOf } from '../coded.ts'
import { bytesField, fixed64Field, messageField, varintField } from './wire.ts'

const of = (...bytes: readonly number[]): Uint8Array => Uint8Array.from(bytes)
const text = messageField(1, bytesField(1, 'x'))
const account = `05${'ab'.repeat(32)}`

test.for([
  ['message.too-long', new Uint8Array(76_801)],
  ['message.truncated', of(0x80)],
  ['message.truncated', of(0x68)],
  ['message.truncated', of(0x68, 0x80)],
  ['message.truncated', of(0x0a, 0x05, 0x0a)],
  ['message.truncated', of(0x0a, 0x02, 0x0a, 0x01)],
  ['message.truncated', of(0xa1, 0x1f, 0, 0, 0, 0, 0, 0, 0)],
  ['message.truncated', of(0xa5, 0x1f, 0, 0, 0)],
  ['message.bad-tag', of(0)],
  ['message.bad-tag', of(2, 0)],
  ['message.bad-tag', of(0x80, 0x80, 0x80, 0x80, 0x80, 0x01)],
  ['message.bad-tag', of(0xff, 0xff, 0xff, 0xff, 0x1f, 0)],
  ['message.bad-number', of(0x78, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02)],
  ['message.bad-number', of(0x78, ...Array.from({ length: 11 }, () => 0x80), 0)],
  ['message.bad-number', of(0x0a, 0xff, 0xff, 0xff, 0xff, 0x7f)],
  ['message.bad-number', of(0x0a, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00)],
  ['message.wrong-type', of(0x08, 0x00)],
  ['message.wrong-type', of(0x7a, 0x01, 0x00)],
  ['message.wrong-type', of(0x79, 0, 0, 0, 0, 0, 0, 0, 0)],
  ['message.wrong-type', of(0xa3, 0x1f, 0xa4, 0x1f)],
  ['message.wrong-type', of(0x0b, 0x0c)],
  ['message.wrong-type', of(0xa6, 0x1f)],
  ['message.missing-field', messageField(6, varintField(1, 1))],
  ['message.missing-field', messageField(1, messageField(2, bytesField(101, 'url')))],
  ['message.missing-field', messageField(1, messageField(8, varintField(1, 1)))],
  ['message.missing-field', messageField(1, messageField(11, varintField(1, 1), bytesField(2, account)))],
  ['message.bad-text', messageField(1, bytesField(1, of(0xff)))],
  ['message.bad-text', messageField(1, bytesField(1, of(0x61, 0xc0, 0x80)))],
  ['message.bad-text', messageField(1, bytesField(1, of(0xed, 0xa0, 0x80)))],
  ['message.too-many-parts', messageField(1, ...Array.from({ length: 4096 }, () => messageField(101)))],
  ['message.too-many-parts', concatBytes(...Array.from({ length: 16_385 }, () => varintField(13, 0)))],
  ['message.too-many-parts', concatBytes(...Array.from({ length: 16_385 }, () => varintField(500, 0)))],
] as const)('refused: %s %#', ([code, bytes]) => expect(codeOf(() => decodeContent(bytes))).toBe(code))

test("the limits are the caller's", () => {
  const quoted = messageField(1, messageField(8, varintField(1, 1), bytesField(2, account)), bytesField(1, 'x'))
  expect(codeOf(() => decodeContent(quoted, { maxBytes: quoted.length - 1 }))).toBe('message.too-long')
  expect(codeOf(() => decodeContent(quoted, { maxDepth: 2 }))).toBe('message.too-deep')
  expect(codeOf(() => decodeContent(quoted, { maxParts: 3 }))).toBe('message.too-many-parts')
  expect(codeOf(() => decodeContent(quoted, { maxFields: 4 }))).toBe('message.too-many-parts')
  const exact = { maxBytes: quoted.length, maxDepth: 3, maxParts: 4, maxFields: 5 }
  expect(decodeContent(quoted, exact).kind).toBe('message')
})

test('unknown fields are kept up to a limit, and dropped together beyond it', () => {
  const unknown = bytesField(500, new Uint8Array(100))
  const whole = concatBytes(text, unknown)
  const cost = unknown.length + 16
  expect(encodeContent(decodeContent(whole, { maxUnreadBytes: cost }))).toEqual(whole)
  expect(encodeContent(decodeContent(whole, { maxUnreadBytes: cost - 1 }))).toEqual(text)
})

test('more unknown fields than are kept do not hide the message', () => {
  const crowd = concatBytes(...Array.from({ length: 16_000 }, () => varintField(500, 0)))
  const content = decodeContent(concatBytes(text, crowd))
  expect(content).toMatchObject({ kind: 'message', body: 'x', unread: undefined })
})

test('packed and unpacked numbers are the same', () => {
  const loose = messageField(5, varintField(1, 1), varintField(2, 300), varintField(2, 5))
  const packed = messageField(5, varintField(1, 1), bytesField(2, of(0xac, 0x02, 0x05)))
  expect(decodeContent(packed)).toEqual(decodeContent(loose))
  expect(codeOf(() => decodeContent(messageField(5, varintField(1, 1), bytesField(2, of(0xac)))))).toBe(
    'message.truncated',
  )
})

test('longer spellings of numbers than needed are read', () => {
  expect(decodeContent(concatBytes(text, of(0x78, 0x85, 0x80, 0x00))).sentAt).toBe(5)
  expect(decodeContent(of(0x0a, 0x83, 0x00, 0x0a, 0x01, 0x78))).toMatchObject({ body: 'x' })
})

test('the last of two spellings of a field counts, and messages are merged', () => {
  const twice = concatBytes(text, messageField(1, bytesField(1, 'y'), messageField(2, fixed64Field(1))))
  const content = decodeContent(twice) as VisibleMessage
  expect(content.body).toBe('y')
  expect(content.attachments).toHaveLength(1)
})

test('a receipt for very many messages is read, a crowd of small numbers is not', () => {
  const receipt = encodeContent({ kind: 'receipt', readMessages: Array.from({ length: 10_000 }, (_, at) => at) })
  expect(decodeContent(receipt).kind).toBe('receipt')
  const crowd = messageField(5, varintField(1, 1), bytesField(2, new Uint8Array(76_000)))
  expect(codeOf(() => decodeContent(crowd))).toBe('message.too-many-parts')
})

test('numbers that an enumeration does not know are kept like unknown fields, and dropped like them', () => {
  const whole = concatBytes(text, varintField(12, 9), varintField(12, -1n & 0xffffffffffffffffn))
  expect(decodeContent(whole).unread).toHaveLength(2)
  expect(decodeContent(whole, { maxUnreadBytes: 20 }).unread).toBeUndefined()
})

test('one flipped bit never crashes the reader, and what it reads can be written', () => {
  const bytes = encodeContent({
    kind: 'message',
    body: 'see https://example.org/ – ☃',
    attachments: [{ id: 1n, key: new Uint8Array(64), url: 'http://example.org/file/1', sizeBytes: 5 }],
    preview: { url: 'https://example.org/', title: 'title' },
    quote: { sentAt: 5, author: account as never, attachments: [] },
    profile: {
      name: 'Alice',
      picture: { url: 'http://example.org/file/2', key: new Uint8Array(32) },
      updatedAtSeconds: 7,
    },
    expiry: { mode: 'after-send', timerSeconds: 60 },
    sentAt: 1_750_000_000_123,
  })
  fc.assert(
    fc.property(fc.nat(bytes.length * 8 - 1), bit => {
      const changed = Uint8Array.from(bytes)
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      try {
        expect(encodeContent(decodeContent(changed)).length).toBeLessThanOrEqual(MAX_CONTENT_LENGTH)
      } catch (error) {
        if (!(error instanceof SottoError)) throw error
      }
    }),
    { numRuns: 1000 },
  )
})
