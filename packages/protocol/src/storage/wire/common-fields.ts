import { parseSwarmOwner, type SwarmOwner, swarmOwnerBytes, swarmOwnerOf } from '../../swarm/index.ts'
import { MAX_HASHES, MAX_REPLY_ENTRIES } from '../limits.ts'
import { type MessageHash, parseMessageHash } from '../message-hash.ts'
import { type Namespace, type NamespaceScope, toNamespace } from '../namespace.ts'
import { type Encoding, hex, type SpelledBytes } from './wire.ts'
import { type WireFields, type WireReader } from './wire-reader.ts'

/** JSON times below this are taken for seconds and refused. Spec 20 §3.2. */
const MIN_JSON_TIMESTAMP = 1_000_000_000

/** 66 hex characters, or 33 raw bytes. Spec 20 §3.2. */
export function parseOwner(fields: WireFields): SwarmOwner {
  return readOwner(fields.require('pubkey'))
}

/** The same where `pubKey` is known too; both at once are refused. Spec 20 §3.2. */
export function parseOwnerOfOld(fields: WireFields): SwarmOwner {
  return readOwner(fields.requireOneOf('pubkey', 'pubKey'))
}

function readOwner(value: WireReader): SwarmOwner {
  if (value.encoding === 'json') return value.read(() => parseSwarmOwner(value.text()))
  return swarmOwnerOf(value.bytes({ min: 33, max: 33, spelling: 'hex' }))
}

/** Hex in JSON, 33 bytes in bencoding. */
export function formatOwner(owner: SwarmOwner): SpelledBytes {
  return hex(swarmOwnerBytes(owner))
}

/** Unix ms. Spec 20 §3.2. */
export function parseTimestamp(fields: WireFields, key: string): number {
  return readTimestamp(fields.require(key))
}

function readTimestamp(value: WireReader): number {
  return value.integer({ min: value.encoding === 'json' ? MIN_JSON_TIMESTAMP : 0 })
}

/** 0 if not given. Spec 20 §3.2. */
export function parseNamespace(fields: WireFields): Namespace {
  const value = fields.get('namespace')
  return value === undefined ? toNamespace(0) : toNamespace(value.integer({ min: -32768, max: 32767 }))
}

/** A namespace, or the word `all`. Spec 20 §3.2. */
export function parseScope(fields: WireFields): NamespaceScope {
  const value = fields.get('namespace')
  return value?.isText() === true && value.text() === 'all' ? 'all' : parseNamespace(fields)
}

/** Clients always say it; nodes among themselves leave 0 out. Spec 20 §6. */
export function formatNamespace(namespace: NamespaceScope, encoding: Encoding): NamespaceScope | undefined {
  return namespace === 0 && encoding === 'bencode' ? undefined : namespace
}

/** `messages`: one to a thousand hashes. Spec 20 §3.8. */
export function parseMessages(fields: WireFields): readonly MessageHash[] {
  const value = fields.require('messages')
  const hashes = value.oneOrMany(MAX_HASHES).map(readHash)
  if (hashes.length === 0) throw value.error('storage.too-few', 0)
  return hashes
}

/** A message hash: text in both encodings. */
export function readHash(value: WireReader): MessageHash {
  return value.read(() => parseMessageHash(value.text()))
}

/** The hashes of a reply. */
export function readHashes(value: WireReader): readonly MessageHash[] {
  return value.list(MAX_REPLY_ENTRIES).map(readHash)
}

/** Absent flags are off. Spec 20 §3.2. */
export function parseFlag(fields: WireFields, key: string): boolean {
  return fields.get(key)?.flag() ?? false
}
