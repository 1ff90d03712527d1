import {
  asBytes,
  asDict,
  asInteger,
  asList,
  type BencodeDict,
  type BencodeInput,
  decodeBencode,
  encodeBencode,
  expectInteger,
  expectList,
  expectNumber,
  expectText,
  optionalDict,
  optionalList,
} from '@sotto/protocol/encoding'
import { SottoError } from '@sotto/protocol/error'
import { type NameRecord } from '@sotto/protocol/names'
import { maxNetworkIdBytes, maxNodes, maxParameters, maxRegistryBytes, maxSignatures } from '../limits.ts'
import { type NodeDraft } from '../node-entry.ts'
import { RegistryError } from '../registry-error.ts'
import { decodeEntry, encodeEntry } from './entry.ts'
import { decodeNames, encodeNames } from './names.ts'
import { type RegistryHeader } from './registry-contents.ts'

/** What a payload says, before keys, addresses and swarms of its nodes are looked at. */
export interface RegistryDraft extends RegistryHeader {
  readonly nodes: readonly NodeDraft[]
  readonly names: ReadonlyMap<string, NameRecord>
}

const version = 1
/** Enough for the most nodes and names that a list may hold. */
const maxMemory = 64 * 1024 * 1024
const lastSecond = 8_640_000_000_000

/**
 * Dictionary of spec 60 §14: `c` created, `k` entries, `n` network id, `o` parameters, `q` required signatures, `s`
 * sequence number, `u` valid until (0: always), `v` 1, `w` signers; ours is `names`, the registered names. Times are in
 * seconds. `names`, `o` and `w` may be missing, unknown keys are skipped.
 * @throws {RegistryError} `registry.unknown-version`, `registry.bad-payload`, `registry.too-many-nodes`,
 * `registry.bad-entry`, `registry.bad-name`
 */
export function decodePayload(payload: Uint8Array): RegistryDraft {
  try {
    return readDraft(asDict(decodeBencode(payload, { maxBytes: maxRegistryBytes, maxDepth: 4, maxMemory })))
  } catch (cause) {
    if (cause instanceof RegistryError || !(cause instanceof SottoError)) throw cause
    throw new RegistryError('registry.bad-payload', cause.detail, { cause })
  }
}

/**
 * Undoes {@link decodePayload}: one canonical text for each list.
 * @throws {RegistryError} `registry.bad-payload`, `registry.bad-address`, `registry.bad-name`
 */
export function encodePayload(draft: RegistryDraft): Uint8Array {
  const fields = new Map<string, BencodeInput>([
    ['c', seconds(draft.createdAt)],
    ['k', draft.nodes.map((node, at) => encodeEntry(node, at + 1))],
    ['n', draft.networkId],
    ['names', encodeNames(draft.names)],
    ['o', draft.parameters],
    ['q', draft.requiredSignatures],
    ['s', draft.sequence],
    ['u', draft.validUntil === undefined ? 0 : seconds(draft.validUntil)],
    ['v', version],
    ['w', draft.signers],
  ])
  return encodeBencode(fields)
}

function readDraft(dict: BencodeDict): RegistryDraft {
  if (expectInteger(dict, 'v') !== BigInt(version)) throw new RegistryError('registry.unknown-version')
  const entries = expectList(dict, 'k')
  if (entries.length > maxNodes) throw new RegistryError('registry.too-many-nodes', { count: entries.length })
  const until = expectNumber(dict, 'u', { min: 0, max: lastSecond })
  return {
    networkId: expectText(dict, 'n', { minLength: 1, maxLength: maxNetworkIdBytes }),
    sequence: expectInteger(dict, 's', { min: 0n }),
    createdAt: expectNumber(dict, 'c', { min: 0, max: lastSecond }) * 1000,
    validUntil: until === 0 ? undefined : until * 1000,
    requiredSignatures: expectNumber(dict, 'q', { min: 1, max: maxSignatures }),
    parameters: readParameters(optionalDict(dict, 'o') ?? new Map()),
    signers: (optionalList(dict, 'w') ?? []).slice(0, maxSignatures).map(key => asBytes(key, { length: 32 }).slice()),
    nodes: entries.map((entry, at) => decodeEntry(asList(entry), at + 1)),
    names: decodeNames(optionalDict(dict, 'names') ?? new Map()),
  }
}

function readParameters(dict: BencodeDict): ReadonlyMap<string, bigint> {
  const names = [...dict.keys()]
  if (names.length > maxParameters || names.some(name => name.length > 64))
    throw new RegistryError('registry.bad-payload')
  return new Map(Array.from(dict, ([name, value]) => [name, asInteger(value)] as const))
}

function seconds(ms: number): number {
  if (!Number.isSafeInteger(ms) || ms < 0 || ms % 1000 !== 0) throw new RegistryError('registry.bad-payload')
  return ms / 1000
}
