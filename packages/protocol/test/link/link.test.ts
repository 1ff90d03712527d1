import fc from 'fast-check'
import { expect, test } from 'vitest'
import { concatBytes, encodeHex } from '../../src/encoding/index.ts'
import {
  type LinkFrame,
  LinkFrameError,
  LinkFrameReader,
  type LinkMessage,
  LinkOutbox,
  linkPathCode,
  linkPaths,
  linkTypeCode,
  linkTypes,
} from '../../src/link/index.ts'

const piece = 16_384
const anyId = fc.integer({ min: 1, max: 0xffff_ffff })
const anyBody = fc
  .oneof(fc.constantFrom(0, 1, piece - 1, piece, piece + 1, 2 * piece, 3 * piece + 7), fc.nat({ max: 300 }))
  .chain(length => fc.nat({ max: 255 }).map(value => Uint8Array.from({ length }, (_, at) => value + at)))
const anyMessage: fc.Arbitrary<LinkMessage> = fc.oneof(
  fc.record({ kind: fc.constant('request' as const), id: anyId, path: fc.nat({ max: 255 }), body: anyBody }),
  fc.record({
    kind: fc.constant('reply' as const),
    id: anyId,
    status: fc.integer({ min: 200, max: 599 }),
    type: fc.nat({ max: 255 }),
    body: anyBody,
  }),
  fc.record({ kind: fc.constantFrom('ping' as const, 'pong' as const), id: fc.nat({ max: 0xffff_ffff }) }),
  fc.record({ kind: fc.constant('cancel' as const), id: anyId }),
  fc.constant({ kind: 'go-away' as const }),
)
const manyMessages = fc.uniqueArray(anyMessage, { selector: each => ('id' in each ? each.id : 0), maxLength: 12 })

/** Everything that an outbox has to send, in lots of about `most` bytes. */
function takeAll(outbox: LinkOutbox, most: number): Uint8Array {
  const lots: Uint8Array[] = []
  for (let lot = outbox.take(most); lot !== undefined; lot = outbox.take(most)) lots.push(lot)
  return concatBytes(...lots)
}

function framesOf(bytes: Uint8Array, step = bytes.length): readonly LinkFrame[] {
  const reader = new LinkFrameReader()
  const frames: LinkFrame[] = []
  for (let at = 0; at < bytes.length; at += step) reader.push(bytes.subarray(at, at + step), each => frames.push(each))
  expect(reader.held).toBe(0)
  return frames
}

/** Puts bodies together again: what each message was, in the order in which they ended. */
function messagesOf(frames: readonly LinkFrame[]): readonly LinkMessage[] {
  const open = new Map<number, { readonly begun: LinkFrame & { readonly length: number }; bytes: Uint8Array }>()
  const ended: LinkMessage[] = []
  const look = (id: number): void => {
    const found = open.get(id)
    if (found === undefined || found.bytes.length < found.begun.length) return
    expect(found.bytes.length).toBe(found.begun.length)
    open.delete(id)
    const { begun, bytes: body } = found
    if (begun.kind === 'request') ended.push({ kind: 'request', id, path: begun.path, body })
    else if (begun.kind === 'reply') ended.push({ kind: 'reply', id, status: begun.status, type: begun.type, body })
  }
  for (const frame of frames) {
    if (frame.kind === 'request' || frame.kind === 'reply') open.set(frame.id, { begun: frame, bytes: frame.bytes })
    else if (frame.kind === 'data') {
      const found = open.get(frame.id)
      if (found === undefined) throw new Error('data of nothing')
      found.bytes = concatBytes(found.bytes, frame.bytes)
    } else ended.push(frame)
    if ('id' in frame) look(frame.id)
  }
  expect(open.size).toBe(0)
  return ended
}

const byText = (messages: readonly LinkMessage[]): readonly string[] =>
  messages.map(each => JSON.stringify('body' in each ? { ...each, body: encodeHex(each.body) } : each)).toSorted()

test('whatever goes in comes out, however it is cut on its way', () => {
  fc.assert(
    fc.property(
      manyMessages,
      fc.integer({ min: 1, max: 100_000 }),
      fc.integer({ min: 1, max: 20_000 }),
      (all, most, step) => {
        const sent: number[] = []
        const outbox = new LinkOutbox(id => sent.push(id))
        for (const each of all) outbox.push(each)
        const bytes = takeAll(outbox, most)
        expect([outbox.bytes, outbox.isEmpty]).toEqual([0, true])
        expect(byText(messagesOf(framesOf(bytes, step)))).toEqual(byText(all))
        const bodied = all.flatMap(each => ('body' in each ? [each.id] : []))
        expect(new Set(sent)).toEqual(new Set(bodied))
      },
    ),
    { numRuns: 200 },
  )
})

test('the bytes are those of the table', () => {
  const outbox = new LinkOutbox(() => undefined)
  outbox.push({ kind: 'request', id: 0x01020304, path: 2, body: Uint8Array.of(0xaa, 0xbb) })
  outbox.push({ kind: 'reply', id: 5, status: 404, type: 1, body: Uint8Array.of(0xcc) })
  outbox.push({ kind: 'cancel', id: 6 })
  outbox.push({ kind: 'ping', id: 0 })
  outbox.push({ kind: 'pong', id: 0 })
  outbox.push({ kind: 'go-away' })
  expect(encodeHex(takeAll(outbox, 1000))).toBe(
    [
      '01000007010203040200000002aabb',
      '020000080000000501940100000001cc',
      '0400000000000006',
      '0500000000000000',
      '0600000000000000',
      '0700000000000000',
    ].join(''),
  )
})

test('small messages pass a large one', () => {
  const outbox = new LinkOutbox(() => undefined)
  outbox.push({ kind: 'reply', id: 1, status: 200, type: 0, body: new Uint8Array(100 * piece) })
  outbox.take(1)
  for (let id = 2; id < 50; id++) outbox.push({ kind: 'reply', id, status: 200, type: 0, body: new Uint8Array(100) })
  // The large one has one more piece before them, since it waited already.
  const frames = framesOf(outbox.take(piece + 48 * 200) ?? new Uint8Array())
  expect(new Set(frames.map(frame => ('id' in frame ? frame.id : 0))).size).toBe(49)
})

test('two large bodies take turns', () => {
  const outbox = new LinkOutbox(() => undefined)
  for (const id of [1, 2]) outbox.push({ kind: 'reply', id, status: 200, type: 0, body: new Uint8Array(4 * piece) })
  const ids = framesOf(takeAll(outbox, 1)).map(frame => ('id' in frame ? frame.id : 0))
  expect(ids).toEqual([1, 2, 1, 2, 1, 2, 1, 2])
})

test('what is dropped is not sent any more', () => {
  const outbox = new LinkOutbox(() => undefined)
  const body = new Uint8Array(2 * piece)
  outbox.push({ kind: 'request', id: 1, path: 1, body })
  expect(outbox.drop(1)).toBe('nothing-sent')
  expect([outbox.bytes, outbox.isEmpty]).toEqual([0, true])
  outbox.push({ kind: 'request', id: 2, path: 1, body })
  outbox.take(1)
  expect(outbox.drop(2)).toBe('cut')
  expect([outbox.bytes, outbox.isEmpty, outbox.take(1)]).toEqual([0, true, undefined])
  expect(outbox.drop(2)).toBe('all-sent')
})

const refused: readonly (readonly [what: string, code: string, bytes: readonly number[]])[] = [
  ['a type that does not exist', 'bad-type', [0, 0, 0, 0, 0, 0, 0, 1]],
  ['HTTP', 'bad-type', [0x47, 0x45, 0x54, 0x20, 0x2f, 0x20, 0x48, 0x54]],
  ['TLS', 'bad-type', [0x16, 3, 1, 2, 0, 1, 0, 1]],
  ['a request that is too long', 'too-long', [1, 0, 0x40, 6, 0, 0, 0, 1]],
  ['data that is too long', 'too-long', [3, 0, 0x40, 1, 0, 0, 0, 1]],
  ['a ping with something in it', 'too-long', [5, 0, 0, 1, 0, 0, 0, 0]],
  ['data of nothing', 'bad-length', [3, 0, 0, 0, 0, 0, 0, 1]],
  ['a request without its head', 'bad-length', [1, 0, 0, 4, 0, 0, 0, 1, 1, 0, 0, 0]],
  ['a request that begins with less than it could', 'bad-length', [1, 0, 0, 5, 0, 0, 0, 1, 1, 0, 0, 0, 1]],
  ['a request that holds more than it says', 'bad-length', [1, 0, 0, 6, 0, 0, 0, 1, 1, 0, 0, 0, 0, 9]],
  ['a request without an id', 'bad-id', [1, 0, 0, 5, 0, 0, 0, 0, 1, 0, 0, 0, 0]],
  ['a cancellation without an id', 'bad-id', [4, 0, 0, 0, 0, 0, 0, 0]],
  ['status 100', 'bad-status', [2, 0, 0, 7, 0, 0, 0, 1, 0, 100, 0, 0, 0, 0, 0]],
  ['status 600', 'bad-status', [2, 0, 0, 7, 0, 0, 0, 1, 2, 88, 0, 0, 0, 0, 0]],
]

test.for(refused)('%s is refused', ([, code, bytes]) => {
  const read = (): boolean => new LinkFrameReader().push(Uint8Array.from(bytes), () => undefined)
  expect(read).toThrow(LinkFrameError)
  expect(read).toThrow(`link-frame.${code}`)
})

test('any bytes are frames or refused, and nothing is kept beyond one frame', () => {
  const head = fc.tuple(fc.integer({ min: 1, max: 7 }), fc.constantFrom(0, 1, 64), fc.nat({ max: 255 }))
  const begun = head.map(([type, high, low]) => Uint8Array.of(type, 0, high, low, 0, 0, 0, 1))
  fc.assert(
    fc.property(fc.array(fc.oneof(begun, fc.uint8Array({ maxLength: 60 })), { maxLength: 60 }), chunks => {
      const reader = new LinkFrameReader()
      try {
        for (const chunk of chunks) {
          reader.push(chunk, () => undefined)
          expect(reader.held).toBeLessThan(8 + 7 + piece)
        }
      } catch (error) {
        if (!(error instanceof LinkFrameError)) throw error
      }
    }),
    { numRuns: 1000 },
  )
})

test('data is handed on before its frame has ended, in parts that are not tiny', () => {
  const outbox = new LinkOutbox(() => undefined)
  outbox.push({ kind: 'request', id: 9, path: 1, body: new Uint8Array(2 * piece) })
  const bytes = takeAll(outbox, 1)
  const begun = 8 + 5 + piece
  const reader = new LinkFrameReader()
  const parts: number[] = []
  const push = (from: number, to: number): boolean =>
    reader.push(bytes.subarray(from, to), frame => frame.kind === 'data' && parts.push(frame.bytes.length))
  expect(push(0, begun)).toBe(false)
  expect([push(begun, begun + 8 + 511), parts]).toEqual([true, []])
  expect([push(begun + 8 + 511, begun + 8 + 1000), parts]).toEqual([true, [1000]])
  expect([push(begun + 8 + 1000, bytes.length - 1), push(bytes.length - 1, bytes.length)]).toEqual([true, true])
  expect(parts).toEqual([1000, piece - 1001, 1])
})

test('numbers lead to their names and back', () => {
  for (const [code, path] of linkPaths) expect(linkPathCode(path)).toBe(code)
  for (const [code, type] of linkTypes) expect(linkTypeCode(type)).toBe(code)
  expect([linkPathCode('/'), linkTypeCode('image/png'), linkTypeCode(undefined)]).toEqual([undefined, 0, 0])
})
