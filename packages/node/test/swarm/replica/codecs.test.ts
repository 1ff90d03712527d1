import { utf8Encode } from '@sotto/protocol/encoding'
import { hashMessage, MAX_MESSAGE_BYTES, type Namespace, toNamespace, toSubaccountToken } from '@sotto/protocol/storage'
import { swarmOwnerOf } from '@sotto/protocol/swarm'
import { anyBytes, anyInput, anyPrefix, bytesOf } from '@sotto/testing'
import {
  array,
  assert,
  bigInt,
  boolean,
  constant,
  integer,
  maxSafeNat,
  option,
  property,
  record,
  type Arbitrary,
} from 'fast-check'
import { expect, test } from 'vitest'
import { type MessageRecord } from '../../../src/store/port/message.ts'
import { toRangeCursor } from '../../../src/store/port/replica.ts'
import { decodeJob, encodeJob } from '../../../src/swarm/replica/handover-job.ts'
import {
  decodeDigests,
  decodeDigestsQuestion,
  decodeFetch,
  decodeHashesPiece,
  decodeHashesQuestion,
  decodeMarks,
  decodeMarksQuestion,
  decodeOffers,
  encodeDigests,
  encodeDigestsQuestion,
  encodeFetch,
  encodeHashesPiece,
  encodeHashesQuestion,
  encodeMarks,
  encodeMarksQuestion,
  encodeOffers,
} from '../../../src/swarm/replica/range-codec.ts'
import { decodePiece, encodePiece } from '../../../src/swarm/replica/record-codec.ts'
import { ReplicaError } from '../../../src/swarm/replica/replica-error.ts'

const anyOwner = bytesOf(33).map(swarmOwnerOf)
const anyNamespace = integer({ min: -32768, max: 32767 }).map(toNamespace)
const anyHash = anyBytes(8).map(data => hashMessage(swarmOwnerOf(new Uint8Array(33)), 0 as Namespace, data))
const anyMessage: Arbitrary<MessageRecord> = record(
  {
    owner: anyOwner,
    namespace: anyNamespace,
    timestamp: maxSafeNat(),
    expiry: maxSafeNat(),
    data: anyBytes(100),
    firstStored: maxSafeNat(),
  },
  { requiredKeys: ['owner', 'namespace', 'timestamp', 'expiry', 'data'] },
).map(message => ({ ...message, hash: hashMessage(message.owner, message.namespace, message.data) }))
const anyTombstone = record({ owner: anyOwner, hash: anyHash, since: maxSafeNat(), until: maxSafeNat() })
const anyRevocation = record({
  owner: anyOwner,
  token: bytesOf(36).map(toSubaccountToken),
  changed: maxSafeNat(),
  revoked: boolean(),
})
const anyPiece = record({
  messages: array(anyMessage, { maxLength: 4 }),
  tombstones: array(anyTombstone, { maxLength: 4 }),
  revocations: array(anyRevocation, { maxLength: 4 }),
})
const anyPlace = bigInt(0n, 2n ** 64n - 1n)
const anyRange = record({ from: anyPlace, to: anyPlace })
const anyCursor = bytesOf(49).map(bytes => toRangeCursor(bytes))
const anyAfter = option(anyCursor, { nil: undefined })
const anyLives = array(record({ hash: anyHash, expiry: maxSafeNat(), edited: maxSafeNat() }), { maxLength: 4 })
const anyHashes = array(anyHash, { maxLength: 5 })

/** Every format with values for it. */
const formats: readonly (readonly [
  string,
  Arbitrary<never>,
  (value: never) => Uint8Array,
  (bytes: Uint8Array) => unknown,
])[] = [
  format('piece', anyPiece, encodePiece, decodePiece),
  format(
    'digests question',
    record({ ranges: array(anyRange, { maxLength: 16 }), aliveAfter: maxSafeNat() }),
    encodeDigestsQuestion,
    decodeDigestsQuestion,
  ),
  format(
    'digests',
    array(record({ digest: bytesOf(32), messages: maxSafeNat(), accounts: maxSafeNat() }), { maxLength: 4 }),
    encodeDigests,
    decodeDigests,
  ),
  format(
    'hashes question',
    record({ range: anyRange, aliveAfter: maxSafeNat(), after: anyAfter }),
    encodeHashesQuestion,
    decodeHashesQuestion,
  ),
  format(
    'hashes',
    record({ accounts: array(record({ owner: anyOwner, messages: anyLives }), { maxLength: 3 }) }),
    encodeHashesPiece,
    decodeHashesPiece,
  ),
  format('fetch', record({ owner: anyOwner, hashes: anyHashes }), encodeFetch, decodeFetch),
  format('marks question', record({ range: anyRange, after: anyAfter }), encodeMarksQuestion, decodeMarksQuestion),
  format(
    'marks',
    record({ tombstones: array(anyTombstone, { maxLength: 3 }), revocations: array(anyRevocation, { maxLength: 3 }) }),
    encodeMarks,
    decodeMarks,
  ),
  format('offers', array(record({ owner: anyOwner, hash: anyHash }), { maxLength: 5 }), encodeOffers, decodeOffers),
]

function format<T>(
  name: string,
  values: Arbitrary<T>,
  encode: (value: T) => Uint8Array,
  decode: (bytes: Uint8Array) => unknown,
): readonly [string, Arbitrary<never>, (value: never) => Uint8Array, (bytes: Uint8Array) => unknown] {
  return [name, values as Arbitrary<never>, encode, decode]
}

test.for(formats)('%s: decoding undoes encoding', ([, values, encode, decode]) => {
  assert(property(values, value => void expect(decode(encode(value))).toEqual(value)))
})

test.for(formats)('%s: no prefix is taken', ([, values, encode, decode]) => {
  const prefixes = values.chain(value => anyPrefix(encode(value)))
  assert(property(prefixes, bytes => void expect(() => decode(bytes)).toThrow(ReplicaError)))
})

test.for(formats)('%s: hostile bytes are refused or read', ([, values, encode, decode]) => {
  assert(
    property(anyInput(values.map(encode)), bytes => {
      try {
        decode(bytes)
      } catch (error) {
        expect(error).toBeInstanceOf(ReplicaError)
      }
    }),
  )
})

const owner = swarmOwnerOf(new Uint8Array(33).fill(5))
const data = utf8Encode('hello')
const message = {
  owner,
  namespace: toNamespace(-11),
  hash: hashMessage(owner, toNamespace(-11), data),
  timestamp: 1,
  expiry: 2,
  data,
}

test('a message stands under no name but its own', () => {
  const wrong = [
    { ...message, namespace: toNamespace(0) },
    { ...message, data: utf8Encode('hallo') },
    { ...message, owner: swarmOwnerOf(new Uint8Array(33).fill(6)) },
  ]
  for (const each of wrong) {
    const bytes = encodePiece({ messages: [each], tombstones: [], revocations: [] })
    expect(() => decodePiece(bytes)).toThrow('replica.bad-hash')
  }
})

test('a message is not longer than a message may be', () => {
  const long = new Uint8Array(MAX_MESSAGE_BYTES + 1)
  const each = { ...message, data: long, hash: hashMessage(owner, message.namespace, long) }
  const bytes = encodePiece({ messages: [each], tombstones: [], revocations: [] })
  expect(() => decodePiece(bytes)).toThrow('replica.malformed')
})

test('a job survives being written down', () => {
  const anyJob = record({ range: anyRange, startedAt: maxSafeNat(), after: anyAfter })
  assert(property(anyJob, job => void expect(decodeJob(encodeJob(job))).toEqual(job)))
  assert(property(anyInput(constant(new Uint8Array(24))), bytes => void expect(() => decodeJob(bytes)).not.toThrow()))
})
