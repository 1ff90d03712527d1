import {
  asBytes,
  asDict,
  asInteger,
  asList,
  asNumber,
  type Bencode,
  type BencodeDict,
  type BencodeInput,
  concatBytes,
  decodeBase64,
  decodeBencode,
  encodeBase64Unpadded,
  encodeBencode,
  encodeUint64BigEndian,
  expectBytes,
  expectList,
  expectNumber,
  optionalBytes,
  readUint64BigEndian,
} from '@sotto/protocol/encoding'
import { type MessageHash, parseMessageHash } from '@sotto/protocol/storage'
import { type SwarmOwner, swarmOwnerBytes, swarmOwnerOf } from '@sotto/protocol/swarm'
import {
  type AccountHashes,
  type HashesPiece,
  type MessageLife,
  type RangeCursor,
  type RangeDigest,
  type SpaceRange,
  toRangeCursor,
} from '../../store/port/replica.ts'
import { maxMemberFrame } from '../link/member-transport.ts'
import { pieceMembers, pieceOf, readReplica, type ReplicaPiece } from './record-codec.ts'
import { ReplicaError } from './replica-error.ts'

/** The most ranges in one question. */
export const MAX_RANGES = 16
/** The most hashes in one answer or question. */
export const MAX_HASHES_AT_ONCE = 4096

const LIFE_BYTES = 48

/** Asks for the digests of some ranges. */
export interface DigestsQuestion {
  readonly ranges: readonly SpaceRange[]
  /** Unix ms: only messages that live longer are compared. */
  readonly aliveAfter: number
}

/** Asks for the hashes in a range, after a cursor of the other node. */
export interface HashesQuestion {
  readonly range: SpaceRange
  readonly aliveAfter: number
  readonly after: RangeCursor | undefined
}

/** Asks for messages of an account. */
export interface FetchQuestion {
  readonly owner: SwarmOwner
  readonly hashes: readonly MessageHash[]
}

/** Asks for tombstones and revocations in a range, after a cursor of the other node. */
export interface MarksQuestion {
  readonly range: SpaceRange
  readonly after: RangeCursor | undefined
}

/** Tombstones and revocations, and where to go on; the messages between are left out. */
export interface MarksPiece extends Pick<ReplicaPiece, 'tombstones' | 'revocations'> {
  readonly next?: RangeCursor
}

/** A message that is offered by name. */
export interface Offer {
  readonly owner: SwarmOwner
  readonly hash: MessageHash
}

/** `digests`, asked. */
export function encodeDigestsQuestion({ ranges, aliveAfter }: DigestsQuestion): Uint8Array {
  return encode({ a: aliveAfter, r: ranges.map(formatRange) })
}

/** Undoes `encodeDigestsQuestion`. @throws {ReplicaError} */
export function decodeDigestsQuestion(bytes: Uint8Array): DigestsQuestion {
  return decode(bytes, dict => {
    const ranges = expectList(dict, 'r')
    if (ranges.length > MAX_RANGES) throw new ReplicaError('replica.malformed', { count: ranges.length })
    return { ranges: ranges.map(parseRange), aliveAfter: expectNumber(dict, 'a') }
  })
}

/** `digests`, answered: one for each range, in order. */
export function encodeDigests(digests: readonly RangeDigest[]): Uint8Array {
  return encode({ d: digests.map(({ digest, messages, accounts }) => [digest, messages, accounts]) })
}

/** Undoes `encodeDigests`; digests are views. @throws {ReplicaError} */
export function decodeDigests(bytes: Uint8Array): readonly RangeDigest[] {
  return decode(bytes, dict =>
    expectList(dict, 'd').map(value => {
      const [digest, messages, accounts] = asList(value)
      return {
        digest: asBytes(present(digest), { minLength: 32, maxLength: 32 }),
        messages: asNumber(present(messages)),
        accounts: asNumber(present(accounts)),
      }
    }),
  )
}

/** `hashes`, asked. */
export function encodeHashesQuestion({ range, aliveAfter, after }: HashesQuestion): Uint8Array {
  return encode({ a: aliveAfter, c: after, r: formatRange(range) })
}

/** Undoes `encodeHashesQuestion`. @throws {ReplicaError} */
export function decodeHashesQuestion(bytes: Uint8Array): HashesQuestion {
  return decode(bytes, dict => ({
    range: rangeIn(dict),
    aliveAfter: expectNumber(dict, 'a'),
    after: cursorIn(dict),
  }))
}

/** `hashes`, answered. */
export function encodeHashesPiece({ accounts, next }: HashesPiece): Uint8Array {
  return encode({ c: next, h: accounts.map(({ owner, messages }) => [swarmOwnerBytes(owner), joinLives(messages)]) })
}

/** Undoes `encodeHashesPiece`. @throws {ReplicaError} */
export function decodeHashesPiece(bytes: Uint8Array): HashesPiece {
  return decode(bytes, dict => ({ accounts: expectList(dict, 'h').map(parseAccountHashes), ...nextIn(dict) }))
}

/** `fetch`, asked; the answer is a piece of records. */
export function encodeFetch({ owner, hashes }: FetchQuestion): Uint8Array {
  return encode({ h: joinHashes(hashes), o: swarmOwnerBytes(owner) })
}

/** Undoes `encodeFetch`. @throws {ReplicaError} */
export function decodeFetch(bytes: Uint8Array): FetchQuestion {
  return decode(bytes, dict => ({
    owner: swarmOwnerOf(expectBytes(dict, 'o')),
    hashes: splitHashes(expectBytes(dict, 'h')),
  }))
}

/** `marks`, asked. */
export function encodeMarksQuestion({ range, after }: MarksQuestion): Uint8Array {
  return encode({ c: after, r: formatRange(range) })
}

/** Undoes `encodeMarksQuestion`. @throws {ReplicaError} */
export function decodeMarksQuestion(bytes: Uint8Array): MarksQuestion {
  return decode(bytes, dict => ({ range: rangeIn(dict), after: cursorIn(dict) }))
}

/** `marks`, answered. */
export function encodeMarks({ tombstones, revocations, next }: MarksPiece): Uint8Array {
  const members = pieceMembers({ messages: [], tombstones, revocations }).filter(([key]) => key !== 'm')
  return encode({ c: next, ...Object.fromEntries(members) })
}

/** Undoes `encodeMarks`. @throws {ReplicaError} */
export function decodeMarks(bytes: Uint8Array): MarksPiece {
  return decode(bytes, dict => {
    const { tombstones, revocations } = pieceOf(dict)
    return { tombstones, revocations, ...nextIn(dict) }
  })
}

/** `want`, asked; the answer is a byte for each offer. */
export function encodeOffers(offers: readonly Offer[]): Uint8Array {
  return encode({ o: offers.map(({ owner, hash }) => [swarmOwnerBytes(owner), decodeBase64(hash)]) })
}

/** Undoes `encodeOffers`. @throws {ReplicaError} */
export function decodeOffers(bytes: Uint8Array): readonly Offer[] {
  return decode(bytes, dict => {
    const offers = expectList(dict, 'o')
    if (offers.length > MAX_HASHES_AT_ONCE) throw new ReplicaError('replica.malformed', { count: offers.length })
    return offers.map(value => {
      const [account, hash] = asList(value)
      return { owner: swarmOwnerOf(asBytes(present(account))), hash: hashOf(asBytes(present(hash))) }
    })
  })
}

function encode(members: Readonly<Record<string, BencodeInput | undefined>>): Uint8Array {
  const given = Object.entries(members).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]))
  return encodeBencode(new Map(given))
}

function decode<T>(bytes: Uint8Array, read: (dict: BencodeDict) => T): T {
  return readReplica(() => read(asDict(decodeBencode(bytes, { maxBytes: maxMemberFrame }))))
}

function formatRange({ from, to }: SpaceRange): BencodeInput {
  return [from, to]
}

function parseRange(value: Bencode): SpaceRange {
  const [from, to] = asList(value)
  const limits = { min: 0n, max: 2n ** 64n - 1n }
  return { from: asInteger(present(from), limits), to: asInteger(present(to), limits) }
}

function rangeIn(dict: BencodeDict): SpaceRange {
  return parseRange(present(dict.get('r')))
}

/** A cursor is only ever given back to the node that it came from. */
function cursorIn(dict: BencodeDict): RangeCursor | undefined {
  const bytes = optionalBytes(dict, 'c')
  if (bytes === undefined) return undefined
  const cursor = toRangeCursor(bytes.slice())
  if (cursor === undefined) throw new ReplicaError('replica.malformed', { length: bytes.length })
  return cursor
}

function nextIn(dict: BencodeDict): { readonly next?: RangeCursor } {
  const next = cursorIn(dict)
  return next === undefined ? {} : { next }
}

function parseAccountHashes(value: Bencode): AccountHashes {
  const [account, messages] = asList(value)
  return { owner: swarmOwnerOf(asBytes(present(account))), messages: splitLives(asBytes(present(messages))) }
}

/** hash 32 ‖ expiry 8 ‖ edited 8, big-endian, for each. */
function joinLives(messages: readonly MessageLife[]): Uint8Array {
  return concatBytes(
    ...messages.flatMap(({ hash, expiry, edited }) => [
      decodeBase64(hash),
      encodeUint64BigEndian(BigInt(expiry)),
      encodeUint64BigEndian(BigInt(edited)),
    ]),
  )
}

function splitLives(bytes: Uint8Array): readonly MessageLife[] {
  if (bytes.length % LIFE_BYTES !== 0 || bytes.length > LIFE_BYTES * MAX_HASHES_AT_ONCE) {
    throw new ReplicaError('replica.malformed', { length: bytes.length })
  }
  return Array.from({ length: bytes.length / LIFE_BYTES }, (_, index) => {
    const at = LIFE_BYTES * index
    return { hash: hashOf(bytes.subarray(at, at + 32)), expiry: timeAt(bytes, at + 32), edited: timeAt(bytes, at + 40) }
  })
}

function timeAt(bytes: Uint8Array, at: number): number {
  const time = readUint64BigEndian(bytes, at)
  if (time > BigInt(Number.MAX_SAFE_INTEGER)) throw new ReplicaError('replica.malformed')
  return Number(time)
}

function joinHashes(hashes: readonly MessageHash[]): Uint8Array {
  return concatBytes(...hashes.map(hash => decodeBase64(hash)))
}

function splitHashes(bytes: Uint8Array): readonly MessageHash[] {
  if (bytes.length % 32 !== 0 || bytes.length > 32 * MAX_HASHES_AT_ONCE) {
    throw new ReplicaError('replica.malformed', { length: bytes.length })
  }
  return Array.from({ length: bytes.length / 32 }, (_, at) => hashOf(bytes.subarray(32 * at, 32 * at + 32)))
}

function hashOf(bytes: Uint8Array): MessageHash {
  return parseMessageHash(encodeBase64Unpadded(bytes))
}

function present(value: Bencode | undefined): Bencode {
  if (value === undefined) throw new ReplicaError('replica.malformed')
  return value
}
