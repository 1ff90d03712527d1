import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { concatBytes, encodeUint32BigEndian, utf8Encode } from '@sotto/protocol/encoding'
import { ChannelError } from '../../src/channel/channel-error.ts'
import { decodeChannelFrame, encodeChannelFrame, maxFrameBytes } from '../../src/channel/frame-codec.ts'
import { FrameReader } from '../../src/channel/frame-reader.ts'

const leaf = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.double(),
  fc.integer(),
  fc.maxSafeInteger(),
  fc.bigInt({ min: -(2n ** 200n), max: 2n ** 200n }),
  fc.boolean(),
  fc.constantFrom(null, undefined, -0, 2 ** 53, 2 ** 60, 1e21, -(2 ** 70), Number.NaN, Infinity),
  fc.uint8Array({ maxLength: 50 }),
)
const key = fc.oneof(fc.string({ maxLength: 5 }), fc.constantFrom('$', 'v', '__proto__', 'constructor'))
const { value } = fc.letrec<{ value: unknown }>(tie => ({
  value: fc.oneof(
    { maxDepth: 6 },
    leaf,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
}))

function codeOf(run: () => unknown): string | undefined {
  try {
    run()
  } catch (error) {
    if (error instanceof ChannelError) return error.code
    throw error
  }
  return undefined
}

test('decoding undoes encoding', () => {
  fc.assert(
    fc.property(value, frame => {
      expect(isDeepStrictEqual(decodeChannelFrame(encodeChannelFrame(frame).subarray(4)), frame)).toBe(true)
    }),
  )
})

test('the form is fixed', () => {
  const encoded = encodeChannelFrame({ a: Uint8Array.of(9, 8), b: 1n, $: undefined })
  const json = utf8Encode(
    '{"$":"object","v":{"a":{"$":"bytes","v":2},"b":{"$":"bigint","v":"1"},"$":{"$":"undefined"}}}',
  )
  const rest = concatBytes(encodeUint32BigEndian(json.length), json, Uint8Array.of(9, 8))
  expect(encoded).toEqual(concatBytes(encodeUint32BigEndian(rest.length), rest))
})

test('a stream is cut into its frames, however it arrives', () => {
  fc.assert(
    fc.property(fc.array(value, { maxLength: 5 }), fc.array(fc.integer({ min: 1, max: 40 })), (frames, sizes) => {
      const stream = concatBytes(...frames.map(encodeChannelFrame))
      const reader = new FrameReader()
      const found: unknown[] = []
      let at = 0
      for (let round = 0; at < stream.length; round++) {
        const size = sizes[round % Math.max(1, sizes.length)] ?? stream.length
        found.push(...reader.push(stream.slice(at, at + size)))
        at += size
      }
      expect(isDeepStrictEqual(found, frames)).toBe(true)
    }),
  )
})

test('any prefix of a frame is refused', () => {
  fc.assert(
    fc.property(value, fc.nat(), (frame, cut) => {
      const body = encodeChannelFrame(frame).subarray(4)
      expect(codeOf(() => decodeChannelFrame(body.subarray(0, cut % body.length)))).toBe('channel.bad-frame')
    }),
  )
})

test('random bytes are refused, or are a frame', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), bytes => {
      expect(['channel.bad-frame', undefined]).toContain(codeOf(() => decodeChannelFrame(bytes)))
    }),
  )
})

const deep = (depth: number): unknown => (depth === 0 ? 1 : [deep(depth - 1)])
const frameOf = (json: string, blobs: Uint8Array = new Uint8Array()) => {
  const text = utf8Encode(json)
  return concatBytes(encodeUint32BigEndian(text.length), text, blobs)
}

test.for([
  '{"$":"bytes","v":1}',
  '{"$":"bytes","v":-1}',
  '{"$":"bytes","v":1e30}',
  '{"$":"bytes"}',
  '{"$":"bigint","v":"1.5"}',
  '{"$":"bigint","v":7}',
  `{"$":"bigint","v":"${'9'.repeat(1001)}"}`,
  '{"$":"number","v":"7"}',
  '{"$":"number","v":"0x7fffffffffffffff"}',
  '{"$":"number","v":"abc"}',
  '{"$":"undefined","v":1}',
  '{"$":"undefined","x":1}',
  '{"$":"object","v":[]}',
  '{"$":"other","v":1}',
  '{"$":1}',
  '18446744073709551615',
  '{"a":1',
  '',
  `${'['.repeat(40)}${']'.repeat(40)}`,
])('%s is refused', json => {
  expect(codeOf(() => decodeChannelFrame(frameOf(json)))).toBe('channel.bad-frame')
})

test('bytes that nothing refers to are refused', () => {
  expect(codeOf(() => decodeChannelFrame(frameOf('1', Uint8Array.of(1))))).toBe('channel.bad-frame')
})

test('only plain data of bounded depth and size is carried', () => {
  for (const bad of [new Map(), new Date(0), () => 1, Symbol('x'), new Uint16Array(1), [new Error('x')], deep(30)]) {
    expect(codeOf(() => encodeChannelFrame(bad))).toBe('channel.bad-value')
  }
  expect(codeOf(() => encodeChannelFrame(deep(20)))).toBe(undefined)
  expect(codeOf(() => encodeChannelFrame(new Uint8Array(maxFrameBytes)))).toBe('channel.too-large')
})

test('a reader refuses a length before it waits for that much', () => {
  const reader = new FrameReader()
  expect(reader.push(Uint8Array.of(0xff, 0xff))).toEqual([])
  expect(codeOf(() => reader.push(Uint8Array.of(0xff, 0xff)))).toBe('channel.too-large')
})
