import { create, toBinary } from '@bufbuild/protobuf'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import accounts from '../../../../vectors/accounts.json' with { type: 'json' }
import { concatBytes, decodeBase64, decodeHex } from '../../src/encoding/index.ts'
import { SottoError } from '../../src/error/index.ts'
import { Envelope_Type, EnvelopeSchema } from '../../src/message/gen/session_pb.ts'
import { WebSocketMessage_Type, WebSocketMessageSchema } from '../../src/message/gen/websocket_pb.ts'
import {
  type Envelope,
  encodeEnvelope,
  encodeInboxMessage,
  decodeEnvelope,
  decodeInboxMessage,
} from '../../src/message/index.ts'
import { codeOf } from '../coded.ts'
import { bytesField, messageField, varintField } from './wire.ts'

const known = accounts.wireMessage
const envelope: Envelope = {
  type: 'account',
  sentAt: known.timestampMs,
  content: decodeHex(known.sealedContentHex),
  proSignature: new Uint8Array(64).fill(0xaa),
  sourceDevice: 1,
}
const { proSignature: _, ...unsigned } = envelope

const anyEnvelope = fc.record<Envelope>({
  type: fc.constantFrom('account', 'group'),
  sentAt: fc.integer({ min: 0, max: 8_640_000_000_000_000 }),
  content: fc.uint8Array({ minLength: 1, maxLength: 300 }),
  proSignature: fc.option(fc.uint8Array({ minLength: 64, maxLength: 64 }), { nil: undefined }),
  sourceDevice: fc.option(fc.nat(0xffffffff), { nil: undefined }),
})

test('the known answers, byte for byte', () => {
  expect(encodeEnvelope(envelope)).toEqual(decodeHex(known.envelopeWithProSigHex))
  expect(encodeInboxMessage(envelope)).toEqual(decodeHex(known.webSocketMessageHex))
  expect(encodeInboxMessage(envelope)).toEqual(decodeBase64(known.storeDataBase64))
  expect(encodeInboxMessage(unsigned)).toEqual(decodeHex(known.withoutProSig.webSocketMessageHex))
  expect(decodeInboxMessage(decodeHex(known.webSocketMessageHex))).toEqual(envelope)
  expect(decodeInboxMessage(decodeHex(known.withoutProSig.webSocketMessageHex))).toEqual(unsigned)
})

test('parsing undoes formatting', () => {
  fc.assert(
    fc.property(anyEnvelope, value => {
      expect(decodeEnvelope(encodeEnvelope(value))).toEqual(value)
      expect(decodeInboxMessage(encodeInboxMessage(value))).toEqual(value)
    }),
  )
})

test('the bytes are those of the generated writer', () => {
  fc.assert(
    fc.property(anyEnvelope, value => {
      const wire = create(EnvelopeSchema, {
        type: value.type === 'group' ? Envelope_Type.CLOSED_GROUP_MESSAGE : Envelope_Type.SESSION_MESSAGE,
        timestamp: BigInt(value.sentAt),
        content: value.content,
        ...(value.proSignature === undefined ? {} : { proSig: value.proSignature }),
        ...(value.sourceDevice === undefined ? {} : { sourceDevice: value.sourceDevice }),
      })
      const body = toBinary(EnvelopeSchema, wire)
      const request = { verb: '', path: '', body, requestId: 0n }
      const frame = create(WebSocketMessageSchema, { type: WebSocketMessage_Type.REQUEST, request })
      expect(encodeEnvelope(value)).toEqual(body)
      expect(encodeInboxMessage(value)).toEqual(toBinary(WebSocketMessageSchema, frame))
    }),
  )
})

test('any prefix is refused, and random bytes never crash', () => {
  const bytes = encodeInboxMessage({ ...unsigned, content: new Uint8Array(20).fill(1) })
  for (let end = 0; end < bytes.length - 2; end++)
    expect(() => decodeInboxMessage(bytes.subarray(0, end))).toThrow(SottoError)
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), junk => {
      try {
        decodeInboxMessage(junk)
      } catch (error) {
        if (!(error instanceof SottoError)) throw error
      }
    }),
  )
})

const body = encodeEnvelope(unsigned)

test('the requests of old clients are read', () => {
  const old = messageField(
    2,
    bytesField(1, 'PUT'),
    bytesField(2, '/api/v1/message'),
    bytesField(3, body),
    varintField(4, 77n),
  )
  expect(decodeInboxMessage(concatBytes(varintField(1, 1), old))).toEqual(unsigned)
})

const minimal = (...more: readonly Uint8Array[]): Uint8Array =>
  concatBytes(varintField(1, 6), varintField(5, 5), bytesField(8, Uint8Array.of(1)), ...more)

test('an unknown type, dead fields and a sender of the right form are ignored', () => {
  const bytes = concatBytes(minimal(varintField(10, 5), bytesField(2, 'AB'.repeat(33))), varintField(1, 3))
  expect(decodeEnvelope(bytes)).toEqual({ type: 'account', sentAt: 5, content: Uint8Array.of(1) })
  expect(decodeEnvelope(minimal(bytesField(2, ''))).sentAt).toBe(5)
})

test.for([
  ['message.not-a-request', varintField(1, 1)],
  ['message.not-a-request', concatBytes(varintField(1, 2), messageField(2, bytesField(3, body)))],
  ['message.not-a-request', messageField(2, bytesField(3, body))],
  ['message.missing-field', concatBytes(varintField(1, 1), messageField(2))],
] as const)('no message for an inbox: %s %#', ([code, bytes]) =>
  expect(codeOf(() => decodeInboxMessage(bytes))).toBe(code),
)

test.for([
  ['message.no-content', concatBytes(varintField(1, 6), varintField(5, 5))],
  ['message.no-content', concatBytes(varintField(1, 6), varintField(5, 5), bytesField(8, ''))],
  ['message.missing-field', concatBytes(varintField(5, 5), bytesField(8, 'x'))],
  ['message.missing-field', concatBytes(varintField(1, 6), bytesField(8, 'x'))],
  ['message.bad-source', minimal(bytesField(2, '05'))],
  ['message.bad-source', minimal(bytesField(2, 'zz'.repeat(33)))],
  ['message.bad-pro-signature', minimal(bytesField(11, new Uint8Array(63)))],
  ['message.bad-pro-signature', minimal(bytesField(11, ''))],
  ['message.bad-time', concatBytes(minimal(), varintField(5, 2n ** 64n - 1n))],
  ['message.too-long', new Uint8Array(76_801)],
] as const)('no envelope: %s %#', ([code, bytes]) => expect(codeOf(() => decodeEnvelope(bytes))).toBe(code))

test.for([
  ['message.bad-time', { ...envelope, sentAt: 0.5 }],
  ['message.bad-value', { ...envelope, sourceDevice: -1 }],
  ['message.bad-pro-signature', { ...envelope, proSignature: new Uint8Array(65) }],
] as const)('cannot be formatted: %s', ([code, value]) => expect(codeOf(() => encodeInboxMessage(value))).toBe(code))
