import fc from 'fast-check'
import { expect, test } from 'vitest'
import accounts from '../../../../vectors/accounts.json' with { type: 'json' }
import { concatBytes, decodeHex } from '../../src/encoding/index.ts'
import { SottoError } from '../../src/error/index.ts'
import {
  type Content,
  encodeContent,
  encodePaddedContent,
  MAX_CONTENT_LENGTH,
  decodeContent,
  decodePaddedContent,
  type VisibleMessage,
} from '../../src/message/index.ts'
import { anyContent } from './arbitrary.ts'
import { codeOf } from '../coded.ts'
import { bytesField, fixed64Field, messageField, varintField } from './wire.ts'

const account = `05${'ab'.repeat(32)}`
const hello: Content = { kind: 'message', body: 'hello', attachments: [], sentAt: 1 }

test('the content of the known answer, byte for byte', () => {
  const { contentHex, timestampMs } = accounts.wireMessage
  const content: Content = {
    kind: 'message',
    body: 'hello bob',
    attachments: [],
    profile: { name: 'Alice' },
    expiry: { mode: 'off', timerSeconds: 0 },
    sentAt: timestampMs,
  }
  expect(encodeContent(content)).toEqual(decodeHex(contentHex))
  expect(decodeContent(decodeHex(contentHex))).toEqual(content)
})

test('parsing undoes formatting, unknown fields included', () => {
  fc.assert(
    fc.property(anyContent, content => {
      expect(decodeContent(encodeContent(content))).toEqual(content)
    }),
  )
})

test('parsing undoes formatting with padding', () => {
  fc.assert(
    fc.property(anyContent, content => {
      expect(decodePaddedContent(encodePaddedContent(content))).toEqual(content)
    }),
  )
})

test('a content that was read is written as it came', () => {
  fc.assert(
    fc.property(anyContent, content => {
      const bytes = encodeContent(content)
      expect(encodeContent(decodeContent(bytes))).toEqual(bytes)
    }),
  )
})

test('a prefix is another content or refused, and random bytes never crash', () => {
  fc.assert(
    fc.property(anyContent, fc.nat(), fc.uint8Array({ maxLength: 300 }), (content, at, junk) => {
      const bytes = encodeContent(content)
      for (const input of [bytes.subarray(0, at % (bytes.length + 1)), junk, concatBytes(bytes, junk)])
        parseOrCode(input)
    }),
  )
})

test('every prefix that ends inside a field is refused', () => {
  const bytes = encodeContent({ kind: 'call', callId: 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6', signal: { type: 'end' } })
  for (let end = 1; end < bytes.length; end++) expect(() => decodeContent(bytes.subarray(0, end))).toThrow(SottoError)
})

test.for([
  ['nothing', new Uint8Array()],
  ['a head only', varintField(15, 5)],
  ['a data message without content', messageField(1, bytesField(1, ''), messageField(101, bytesField(1, 'Alice')))],
  ['a preview alone', messageField(1, messageField(10, bytesField(1, 'https://example.org/')))],
  ['a quote of nobody alone', messageField(1, messageField(8, varintField(1, 1), bytesField(2, 'nobody')))],
] as const)('empty: %s', ([, bytes]) => {
  const content = decodeContent(bytes)
  expect(content.kind).toBe('empty')
  expect(encodeContent(content)).toEqual(bytes)
})

test.for([
  ['a body of the future', messageField(40, varintField(1, 1))],
  ['a configuration message', messageField(7, bytesField(3, 'name'))],
  ['a control message of a legacy group', messageField(1, messageField(104, varintField(1, 1)))],
  ['a receipt of delivery', messageField(5, varintField(1, 0), varintField(2, 5))],
  ['a receipt of an unknown type', messageField(5, varintField(1, 9))],
  ['typing in a new way', messageField(6, varintField(1, 5), varintField(2, 7))],
  ['an extraction of an unknown type', messageField(8, varintField(1, 7))],
  ['a step of a call that nobody knows', messageField(3, varintField(1, 99), bytesField(5, 'x'))],
  ['an unknown config', messageField(11, varintField(1, 9), varintField(2, 1), bytesField(3, ''))],
  [
    'an unknown reaction',
    messageField(1, messageField(11, varintField(1, 1), bytesField(2, account), varintField(4, 3))),
  ],
  ['an unknown group update', messageField(1, messageField(120, messageField(90)))],
  [
    'an unknown change of a group',
    messageField(1, messageField(120, messageField(2, varintField(1, 9), bytesField(4, new Uint8Array(64))))),
  ],
  [
    'an unknown change of members',
    messageField(1, messageField(120, messageField(3, varintField(1, 9), bytesField(4, new Uint8Array(64))))),
  ],
] as const)('unknown: %s', ([, bytes]) => {
  const whole = concatBytes(bytes, varintField(15, 5))
  const content = decodeContent(whole)
  expect(content).toMatchObject({ kind: 'unknown', sentAt: 5, bytes: whole })
  expect(encodeContent(content)).toEqual(whole)
})

test('of several bodies the first in the order of desktop clients counts', () => {
  const unsend = messageField(9, varintField(1, 1), bytesField(2, account))
  const typing = messageField(6, varintField(1, 1), varintField(2, 0))
  const receipt = messageField(5, varintField(1, 1))
  const data = messageField(1, bytesField(1, 'text'))
  expect(decodeContent(concatBytes(unsend, typing)).kind).toBe('typing')
  expect(decodeContent(concatBytes(typing, receipt)).kind).toBe('receipt')
  expect(decodeContent(concatBytes(receipt, data)).kind).toBe('message')
})

test('a change of expiry wins over the text beside it, and says off where nothing is said', () => {
  const bytes = messageField(1, bytesField(1, 'text'), varintField(4, 2))
  expect(decodeContent(bytes)).toMatchObject({ kind: 'expiry-change', expiry: { mode: 'off', timerSeconds: 0 } })
})

test('an unknown way of expiring is none, and is kept', () => {
  const bytes = concatBytes(messageField(1, bytesField(1, 'x')), varintField(13, 60), varintField(12, 9))
  const content = decodeContent(bytes)
  expect(content.expiry).toEqual({ mode: 'off', timerSeconds: 60 })
  expect(content.unread).toEqual([{ no: 12, wireType: 0, data: Uint8Array.of(9) }])
})

test('a time of 0 is none', () => {
  expect(decodeContent(concatBytes(messageField(1, bytesField(1, 'x')), varintField(15, 0))).sentAt).toBeUndefined()
})

test.for([
  ['http only', 'see http://example.org/', 'http://example.org/'],
  ['a link that is not in the text', 'see https://example.org/', 'https://example.com/'],
] as const)('no preview for %s', ([, body, url]) => {
  const content = decodeContent(messageField(1, bytesField(1, body), messageField(10, bytesField(1, url))))
  expect((content as VisibleMessage).preview).toBeUndefined()
})

test('a quote of nobody is left out', () => {
  const quote = messageField(8, varintField(1, 1), bytesField(2, 'nobody'))
  expect(decodeContent(messageField(1, bytesField(1, 'x'), quote))).toMatchObject({ kind: 'message', quote: undefined })
})

test.for([
  ['no key', new Uint8Array(), 'https://example.org/'],
  ['a short key', new Uint8Array(31), 'https://example.org/'],
  ['no url', new Uint8Array(32), ''],
  ['a url that cannot be kept', new Uint8Array(32), 'h'.repeat(224)],
] as const)('no picture with %s', ([, key, url]) => {
  const profile = messageField(101, bytesField(1, 'Alice'), bytesField(2, url))
  const content = decodeContent(messageField(1, bytesField(1, 'x'), bytesField(6, key), profile))
  expect((content as VisibleMessage).profile).toEqual({ name: 'Alice' })
})

test('a key without a profile says nothing', () => {
  const content = decodeContent(messageField(1, bytesField(1, 'x'), bytesField(6, new Uint8Array(32))))
  expect((content as VisibleMessage).profile).toBeUndefined()
})

test('direction marks and control characters are data', () => {
  const body = '\u202eevil\u0000\u0007\ufeff'
  expect(decodeContent(encodeContent({ ...hello, body }))).toMatchObject({ body })
})

const data = (...fields: readonly Uint8Array[]): Uint8Array => messageField(1, ...fields)
const update = (...fields: readonly Uint8Array[]): Uint8Array => data(messageField(120, ...fields))

test.for([
  ['message.bad-flags', data(bytesField(1, 'x'), varintField(4, 1))],
  ['message.bad-flags', data(bytesField(1, 'x'), varintField(4, 3))],
  ['message.too-many-attachments', data(...Array.from({ length: 33 }, () => messageField(2, fixed64Field(1))))],
  ['message.bad-time', concatBytes(data(bytesField(1, 'x')), varintField(15, 2n ** 64n - 1n))],
  ['message.bad-time', messageField(5, varintField(1, 1), varintField(2, 8_640_000_000_000_001n))],
  ['message.bad-time', data(messageField(8, varintField(1, 2n ** 63n), bytesField(2, account)))],
  ['message.bad-id', messageField(9, varintField(1, 1), bytesField(2, 'me'))],
  ['message.bad-id', messageField(9, varintField(1, 1), bytesField(2, `03${'ab'.repeat(32)}`))],
  ['message.bad-id', data(bytesField(1, 'x'), bytesField(105, 'somebody'))],
  ['message.bad-id', update(messageField(7, bytesField(1, 'somebody')))],
  [
    'message.bad-id',
    update(
      messageField(
        1,
        bytesField(1, account),
        bytesField(2, ''),
        bytesField(3, new Uint8Array(100)),
        bytesField(4, new Uint8Array(64)),
      ),
    ),
  ],
  ['message.bad-length', update(messageField(4, bytesField(1, new Uint8Array(31)), bytesField(2, '')))],
  ['message.bad-length', update(messageField(2, varintField(1, 2), bytesField(4, new Uint8Array(63))))],
  ['message.bad-length', update(messageField(7, bytesField(3, new Uint8Array(0))))],
  ['message.bad-length', messageField(16, messageField(1, varintField(1, 0)))],
  ['message.bad-length', bytesField(17, new Uint8Array(63))],
  ['message.bad-call', messageField(3, varintField(1, 6), bytesField(5, 'no uuid'))],
  ['message.bad-call', messageField(3, varintField(1, 1), bytesField(5, 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6'))],
  [
    'message.bad-call',
    messageField(
      3,
      varintField(1, 4),
      bytesField(2, 'candidate'),
      bytesField(5, 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6'),
    ),
  ],
] as const)('refused: %s %#', ([code, bytes]) => expect(codeOf(() => decodeContent(bytes))).toBe(code))

test.for([
  ['message.bad-time', { ...hello, sentAt: 1.5 }],
  ['message.bad-time', { ...hello, sentAt: -1 }],
  ['message.bad-time', { kind: 'receipt', readMessages: [Infinity] }],
  ['message.bad-value', { ...hello, expiry: { mode: 'off', timerSeconds: 2 ** 32 } }],
  ['message.bad-value', { ...hello, profile: { updatedAtSeconds: -1 } }],
  ['message.bad-value', { ...hello, unread: [{ no: -1, wireType: 0, data: new Uint8Array() }] }],
  ['message.bad-value', { kind: 'shared-config', config: 'contacts', seqno: 2n ** 63n, data: new Uint8Array() }],
  ['message.too-many-attachments', { ...hello, attachments: Array.from({ length: 33 }, () => ({ id: 0n })) }],
  ['message.too-long', { ...hello, body: 'x'.repeat(MAX_CONTENT_LENGTH) }],
] as const satisfies readonly (readonly [string, Content])[])('cannot be formatted: %s %#', ([code, content]) =>
  expect(codeOf(() => encodeContent(content))).toBe(code),
)

test('a proof that counts in seconds cannot say milliseconds', () => {
  const proof = {
    form: 'revocable',
    revocationTag: new Uint8Array(32),
    rotatingPublicKey: new Uint8Array(32),
    signature: new Uint8Array(64),
    expiresAt: 1001,
  } as const
  expect(codeOf(() => encodeContent({ ...hello, pro: { proof } }))).toBe('message.bad-time')
})

test('the longest content fits', () => {
  const body = 'x'.repeat(MAX_CONTENT_LENGTH - encodeContent({ ...hello, body: '' }).length - 4)
  expect(encodeContent({ ...hello, body }).length).toBe(MAX_CONTENT_LENGTH)
})

function parseOrCode(input: Uint8Array): void {
  try {
    decodeContent(input)
  } catch (error) {
    if (!(error instanceof SottoError)) throw error
  }
}
