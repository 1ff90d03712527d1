import { nonce24, type SymmetricKey } from '@sotto/protocol/crypto'
import { concatBytes, encodeHex, utf8Encode } from '@sotto/protocol/encoding'
import { anyBitFlip, anyBytes, anyInput, anyPrefix, bytesOf } from '@sotto/testing'
import { assert, constant, property, record, stringMatching, maxSafeNat, integer } from 'fast-check'
import { expect, test } from 'vitest'
import { nodeIdentityOf } from '../../../src/rpc/node-identity.ts'
import { LinkError } from '../../../src/swarm/link/link-error.ts'
import {
  openAnswer,
  openRequest,
  parseSealedRequest,
  reopenRequest,
  sealAnswer,
  sealRequest,
} from '../../../src/swarm/link/member-frame.ts'
import { derivePairKeys } from '../../../src/swarm/link/pair-keys.ts'
import { nodeKeys } from '../local-swarm.ts'

const alice = nodeIdentityOf(nodeKeys(0))
const bob = nodeIdentityOf(nodeKeys(1))
const ofAlice = derivePairKeys(alice, bob.x25519.publicKey)
const ofBob = derivePairKeys(bob, alice.x25519.publicKey)

const anyRequest = record({
  session: bytesOf(16),
  counter: maxSafeNat(),
  sentAt: maxSafeNat(),
  method: stringMatching(/^[a-z_]{0,40}$/),
  body: anyBytes(500),
})

function sealed(request: Parameters<typeof sealRequest>[0], nonce: Uint8Array): Uint8Array {
  return sealRequest(request, alice.id, ofAlice.askKey, nonce24(nonce))
}

test('opening undoes sealing', () => {
  assert(
    property(anyRequest, bytesOf(24), (request, nonce) => {
      const frame = parseSealedRequest(sealed(request, nonce))
      expect(frame.sender).toBe(alice.id)
      expect(openRequest(frame, ofBob.askedKey)).toEqual(request)
    }),
  )
  const anyAnswer = record({ status: integer({ min: 100, max: 599 }), body: anyBytes(500), sentAt: maxSafeNat() })
  assert(
    property(anyAnswer, bytesOf(24), bytesOf(24), (answer, nonce, requestNonce) => {
      const whole = { ...answer, requestNonce: nonce24(requestNonce) }
      expect(openAnswer(sealAnswer(whole, ofBob.answerKey, nonce24(nonce)), ofAlice.answeredKey)).toEqual(whole)
    }),
  )
})

test('a body is sealed where it lies if there is room around it, otherwise beside it', () => {
  const anyRoom = integer({ min: 0, max: 300 })
  assert(
    property(anyRequest, anyRoom, anyRoom, bytesOf(24), (request, front, back, nonce) => {
      const { body } = request
      const memory = new Uint8Array(front + body.length + back).fill(0xee)
      memory.set(body, front)
      const bytes = memory.subarray(front, front + body.length)
      const [before, after] = [Uint8Array.of(1, 2), Uint8Array.of(3)]
      const framed = sealed({ ...request, body: { before, bytes, after, memory } }, nonce)
      const joined = concatBytes(before, body, after)
      expect(framed.buffer === memory.buffer).toBe(front >= 57 + 33 + request.method.length + 2 && back >= 1 + 16)
      expect(framed).toEqual(sealed({ ...request, body: joined }, nonce))
      const again = reopenRequest(framed, ofAlice.askKey)
      expect(again).toEqual(joined)
      expect(openRequest(parseSealedRequest(framed), ofBob.askedKey)).toEqual({ ...request, body: joined })
    }),
  )
})

test('memory that is too small for a frame is given back', () => {
  const memory = new Uint8Array(10_000)
  const body = { before: new Uint8Array(), bytes: memory.subarray(1, 9_999), after: new Uint8Array(), memory }
  expect(
    openRequest(parseSealedRequest(sealed({ ...example, body }, new Uint8Array(24))), ofBob.askedKey).body,
  ).toEqual(new Uint8Array(9_998))
  expect(memory).toHaveLength(0)
})

const example = { session: new Uint8Array(16).fill(9), counter: 7, sentAt: 1_782_000_000_000, method: 'apply' }
const frame = sealed({ ...example, body: utf8Encode('body') }, new Uint8Array(24).fill(3))

test('a frame is what the document says', () => {
  expect(frame).toHaveLength(1 + 32 + 24 + 33 + 'apply'.length + 'body'.length + 16)
  expect(encodeHex(frame.subarray(0, 57))).toBe(`01${alice.id}${'03'.repeat(24)}`)
  expect(encodeHex(frame.subarray(57))).toMatchInlineSnapshot(
    `"f78978fffbc41191db63096db90822835376423d9c54a1dab2803abebb30f417165fced7316922d61e497d660a9b970e7737cc8edeec2c129286"`,
  )
})

test('no prefix and nothing with a flipped bit opens', () => {
  const open = (bytes: Uint8Array): unknown => openRequest(parseSealedRequest(bytes.slice()), ofBob.askedKey)
  expect(() => open(frame)).not.toThrow()
  assert(property(anyPrefix(frame), bytes => void expect(() => open(bytes)).toThrow(LinkError)))
  // The sender's key is not sealed; a frame under another name is opened with other keys.
  const flipped = anyBitFlip(frame).filter(bytes => bytes.subarray(1, 33).every((byte, at) => byte === frame[at + 1]))
  assert(property(flipped, bytes => void expect(() => open(bytes)).toThrow(LinkError)))
})

test('keys do not mix: of the other direction, of answers, of other nodes', () => {
  const carol = nodeIdentityOf(nodeKeys(2))
  const open = (key: SymmetricKey): unknown => openRequest(parseSealedRequest(frame.slice()), key)
  const others = [
    ofBob.askKey,
    ofBob.answerKey,
    ofBob.answeredKey,
    derivePairKeys(carol, alice.x25519.publicKey).askedKey,
  ]
  for (const key of others) expect(() => open(key)).toThrow('link.not-opened')
})

test('random bytes never do anything but fail', () => {
  assert(
    property(anyInput(constant(frame)), bytes => {
      try {
        openRequest(parseSealedRequest(bytes), ofBob.askedKey)
        openAnswer(bytes, ofAlice.answeredKey)
      } catch (error) {
        expect(error).toBeInstanceOf(LinkError)
      }
    }),
  )
})

test('what is sealed but makes no sense is refused', () => {
  const far = { ...example, counter: 0, method: 'm', body: new Uint8Array() }
  expect(() => openRequest(parseSealedRequest(sealed(far, new Uint8Array(24))), ofBob.askedKey)).not.toThrow()
  const answer = { requestNonce: nonce24(new Uint8Array(24)), sentAt: 0, status: 200, body: new Uint8Array() }
  expect(() => openAnswer(sealAnswer(answer, ofBob.answerKey, nonce24(new Uint8Array(24))), ofAlice.askKey)).toThrow(
    'link.not-opened',
  )
})
