import fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodeHex } from '../../src/encoding/index.ts'
import { ed25519PublicKey } from '../../src/crypto/index.ts'
import { nodeIdOf } from '../../src/swarm/index.ts'
import { decodePipeFrame, encodePipeFrame, type PipeFrame, type PipeReason } from '../../src/pipe/index.ts'
import { codeOf } from '../coded.ts'
import { guard, tightLimits } from './fixtures.ts'

const anyStream = fc.integer({ min: 1, max: 0xffffffff })
const anyU32 = fc.integer({ min: 0, max: 0xffffffff })
const anyReason = fc.constantFrom<PipeReason>(
  'cancelled',
  'deadline',
  'guard-unreachable',
  'guard-broken',
  'unknown-guard',
  'busy',
  'refused',
  'too-large',
  'internal',
  'protocol-error',
  'shutting-down',
)
const bytes = (min: number, max = min): fc.Arbitrary<Uint8Array> => fc.uint8Array({ minLength: min, maxLength: max })
const window = fc.integer({ min: 1024, max: 2 ** 31 - 1 })

const anyFrame: fc.Arbitrary<PipeFrame> = fc.oneof(
  fc.record({
    type: fc.constant('hello' as const),
    version: fc.integer({ min: 1, max: 255 }),
    limits: fc.record({
      maxStreams: fc.integer({ min: 1, max: 65_535 }),
      maxChunk: fc.integer({ min: 1024, max: 65_536 }),
      streamWindow: window,
      connectionWindow: window,
      maxBody: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
      maxDeadlineMs: window,
    }),
  }),
  fc.record({
    type: fc.constant('open' as const),
    stream: anyStream,
    guard: bytes(32).map(key => nodeIdOf(ed25519PublicKey(key))),
    deadlineMs: fc.integer({ min: 1, max: 0xffffffff }),
    length: anyU32,
  }),
  fc.record({ type: fc.constant('data' as const), stream: anyStream, bytes: bytes(1, 90), last: fc.boolean() }),
  fc.record({ type: fc.constant('data' as const), stream: anyStream, bytes: bytes(0), last: fc.constant(true) }),
  fc.record({ type: fc.constant('reply' as const), stream: anyStream, status: fc.integer({ min: 100, max: 599 }) }),
  fc.record({ type: fc.constant('credit' as const), stream: anyU32, bytes: fc.integer({ min: 1, max: 2 ** 31 - 1 }) }),
  fc.record({ type: fc.constant('reset' as const), stream: anyStream, reason: anyReason }),
  fc.record({ type: fc.constantFrom('ping' as const, 'pong' as const), token: bytes(8) }),
  fc.record({ type: fc.constant('go-away' as const), lastStream: anyU32, reason: anyReason }),
)

test('decoding undoes encoding, for views too', () => {
  fc.assert(
    fc.property(anyFrame, frame => {
      const encoded = encodePipeFrame(frame)
      expect(decodePipeFrame(encoded)).toEqual(frame)
      const inside = new Uint8Array(encoded.length + 7)
      inside.set(encoded, 3)
      expect(decodePipeFrame(inside.subarray(3, 3 + encoded.length))).toEqual(frame)
    }),
  )
})

test('the layout of every kind', () => {
  const hex = (frame: PipeFrame): string => encodeHex(encodePipeFrame(frame))
  const spaced = (text: string): string => text.replaceAll(' ', '')
  expect(hex({ type: 'hello', version: 1, limits: tightLimits })).toBe(
    spaced('0100000000 01 0003 00000400 00000800 00000bb8 00002710 0000ea60'),
  )
  expect(hex({ type: 'open', stream: 2, guard, deadlineMs: 3, length: 4 })).toBe(`020000000201${guard}0000000300000004`)
  expect(hex({ type: 'data', stream: 2, bytes: Uint8Array.of(9), last: false })).toBe('030000000209')
  expect(hex({ type: 'data', stream: 2, bytes: Uint8Array.of(9), last: true })).toBe('040000000209')
  expect(hex({ type: 'reply', stream: 2, status: 200 })).toBe('050000000200c8')
  expect(hex({ type: 'credit', stream: 0, bytes: 5 })).toBe('060000000000000005')
  expect(hex({ type: 'reset', stream: 2, reason: 'deadline' })).toBe('070000000202')
  expect(hex({ type: 'ping', token: new Uint8Array(8) })).toBe('08000000000000000000000000')
  expect(hex({ type: 'pong', token: new Uint8Array(8) })).toBe('09000000000000000000000000')
  expect(hex({ type: 'go-away', lastStream: 7, reason: 'shutting-down' })).toBe(spaced('0a00000000 00000007 0b'))
})

test('any prefix is refused, but of data, where it is shorter data', () => {
  fc.assert(
    fc.property(anyFrame, frame => {
      const encoded = encodePipeFrame(frame)
      for (let length = 0; length < encoded.length; length++) {
        const code = codeOf(() => decodePipeFrame(encoded.subarray(0, length)))
        if (length < 5) expect(code).toBe('pipe.truncated')
        else if (frame.type !== 'data') expect(code).toBe('pipe.bad-length')
      }
    }),
    { numRuns: 40 },
  )
})

const damaged: readonly (readonly [hex: string, code: string])[] = [
  ['0000000000', 'pipe.bad-type'],
  ['0b00000000', 'pipe.bad-type'],
  ['0300000001', 'pipe.bad-length'],
  ['030000000009', 'pipe.bad-stream'],
  ['08000000010000000000000000', 'pipe.bad-stream'],
  ['06000000010000000000', 'pipe.bad-length'],
  ['060000000100000000', 'pipe.bad-value'],
  ['060000000180000000', 'pipe.bad-value'],
  ['05000000010063', 'pipe.bad-value'],
  ['05000000010258', 'pipe.bad-value'],
  [`020000000102${guard}0000000100000001`, 'pipe.bad-value'],
  [`020000000101${guard}0000000000000001`, 'pipe.bad-value'],
  ['0100000000 00 0003 00000400 00000800 00000bb8 00002710 0000ea60', 'pipe.bad-version'],
  ['0100000000 01 0000 00000400 00000800 00000bb8 00002710 0000ea60', 'pipe.bad-limits'],
  ['0100000000 01 0003 00010001 00000800 00000bb8 00002710 0000ea60', 'pipe.bad-limits'],
]

test.for(damaged)('refused: %s', ([hex, code]) => {
  const input = Uint8Array.from(hex.replaceAll(' ', '').match(/../g) ?? [], byte => Number.parseInt(byte, 16))
  expect(codeOf(() => decodePipeFrame(input))).toBe(code)
})

test('a hello may say more, a reason may be new', () => {
  const hello = encodePipeFrame({ type: 'hello', version: 2, limits: tightLimits })
  expect(decodePipeFrame(Uint8Array.of(...hello, 1, 2, 3))).toEqual({ type: 'hello', version: 2, limits: tightLimits })
  expect(codeOf(() => decodePipeFrame(new Uint8Array(300).fill(1, 0, 1)))).toBe('pipe.bad-length')
  expect(decodePipeFrame(Uint8Array.of(7, 0, 0, 0, 1, 99))).toEqual({ type: 'reset', stream: 1, reason: 'unknown' })
  expect(encodePipeFrame({ type: 'reset', stream: 1, reason: 'connection-lost' })[5]).toBe(9)
})

test('a piece of more than 64 KiB is refused', () => {
  expect(codeOf(() => decodePipeFrame(new Uint8Array(65_542).fill(3, 0, 5)))).toBe('pipe.bad-length')
})

test('random bytes give a frame or a coded error', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 12 }),
      fc.uint8Array({ maxLength: 60 }),
      (type, rest) => void codeOf(() => decodePipeFrame(Uint8Array.of(type, ...rest))),
    ),
  )
})
