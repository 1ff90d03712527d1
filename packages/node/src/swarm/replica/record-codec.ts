import {
  asBytes,
  asList,
  asNumber,
  asText,
  type Bencode,
  BencodeError,
  type BencodeInput,
  decodeBencode,
  encodeBencode,
  optionalList,
  asDict,
} from '@sotto/protocol/encoding'
import {
  hashMessage,
  MAX_MESSAGE_BYTES,
  parseMessageHash,
  StorageError,
  toNamespace,
  toSubaccountToken,
} from '@sotto/protocol/storage'
import { SwarmError, swarmOwnerBytes, swarmOwnerOf } from '@sotto/protocol/swarm'
import { type MessageRecord } from '../../store/port/message.ts'
import { type RevocationRecord, type TombstoneRecord } from '../../store/port/replica.ts'
import { maxMemberFrame } from '../link/member-transport.ts'
import { ReplicaError } from './replica-error.ts'

/** A piece of what a node keeps, on its way to another one. */
export interface ReplicaPiece {
  readonly messages: readonly MessageRecord[]
  readonly tombstones: readonly TombstoneRecord[]
  readonly revocations: readonly RevocationRecord[]
}

/** More than any piece has. */
const maxRecords = 20_000

/**
 * `m` messages: account 33, hash, timestamp, expiry, data, namespace, and first stored, if known; `r` revocations: account 33,
 * token 36, changed, revoked; `t` tombstones: account 33, hash, since, until. See docs/protocol/member-link.md.
 */
export function pieceMembers({
  messages,
  tombstones,
  revocations,
}: ReplicaPiece): readonly (readonly [string, BencodeInput])[] {
  return [
    ['m', messages.map(formatMessage)],
    ['r', revocations.map(formatRevocation)],
    ['t', tombstones.map(formatTombstone)],
  ]
}

/** `records`, and the answer of `fetch`. */
export function encodePiece(piece: ReplicaPiece): Uint8Array {
  return encodeBencode(new Map(pieceMembers(piece)))
}

/**
 * Reads a piece; data and tokens are views. The hash of every message is computed anew, so that a message can stand under
 * no name but its own.
 * @throws {ReplicaError} `replica.malformed`, `replica.bad-hash`
 */
export function decodePiece(bytes: Uint8Array): ReplicaPiece {
  return readReplica(() => pieceOf(decodeBencode(bytes, { maxBytes: maxMemberFrame })))
}

/** The piece in a dictionary. @throws what `readReplica` takes */
export function pieceOf(value: Bencode): ReplicaPiece {
  const dict = asDict(value)
  const list = (key: string): readonly Bencode[] => {
    const items = optionalList(dict, key) ?? []
    if (items.length > maxRecords) throw new ReplicaError('replica.malformed', { count: items.length })
    return items
  }
  return {
    messages: list('m').map(parseMessage),
    revocations: list('r').map(parseRevocation),
    tombstones: list('t').map(parseTombstone),
  }
}

/** Runs a parser; whatever it refuses is malformed. @throws {ReplicaError} */
export function readReplica<T>(parse: () => T): T {
  try {
    return parse()
  } catch (cause) {
    const isParseError = cause instanceof BencodeError || cause instanceof StorageError || cause instanceof SwarmError
    if (isParseError) throw new ReplicaError('replica.malformed', {}, { cause })
    throw cause
  }
}

function formatMessage(record: MessageRecord): BencodeInput {
  const { owner, hash, timestamp, expiry, data, namespace, firstStored } = record
  const known = firstStored === undefined ? [] : [firstStored]
  return [swarmOwnerBytes(owner), hash, timestamp, expiry, data, namespace, ...known]
}

function parseMessage(value: Bencode): MessageRecord {
  const [account, hash, timestamp, expiry, data, namespace, first, ...more] = asList(value)
  const record = {
    owner: swarmOwnerOf(asBytes(present(account))),
    hash: parseMessageHash(asText(present(hash))),
    timestamp: asNumber(present(timestamp)),
    expiry: asNumber(present(expiry)),
    data: asBytes(present(data), { maxLength: MAX_MESSAGE_BYTES }),
    namespace: toNamespace(asNumber(present(namespace), { min: -32768, max: 32767 })),
    ...(first === undefined ? {} : { firstStored: asNumber(first) }),
  }
  if (more.length > 0) throw new ReplicaError('replica.malformed')
  if (hashMessage(record.owner, record.namespace, record.data) !== record.hash)
    throw new ReplicaError('replica.bad-hash')
  return record
}

function formatRevocation({ owner, token, changed, revoked }: RevocationRecord): BencodeInput {
  return [swarmOwnerBytes(owner), token, changed, revoked ? 1 : 0]
}

function parseRevocation(value: Bencode): RevocationRecord {
  const [account, token, changed, revoked] = asList(value)
  return {
    owner: swarmOwnerOf(asBytes(present(account))),
    token: toSubaccountToken(asBytes(present(token)).slice()),
    changed: asNumber(present(changed)),
    revoked: asNumber(present(revoked), { max: 1 }) === 1,
  }
}

function formatTombstone({ owner, hash, since, until }: TombstoneRecord): BencodeInput {
  return [swarmOwnerBytes(owner), hash, since, until]
}

function parseTombstone(value: Bencode): TombstoneRecord {
  const [account, hash, since, until] = asList(value)
  return {
    owner: swarmOwnerOf(asBytes(present(account))),
    hash: parseMessageHash(asText(present(hash))),
    since: asNumber(present(since)),
    until: asNumber(present(until)),
  }
}

function present(value: Bencode | undefined): Bencode {
  if (value === undefined) throw new ReplicaError('replica.malformed')
  return value
}
