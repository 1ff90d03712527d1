import {
  asDict,
  asInteger,
  asList,
  asText,
  type Bencode,
  BencodeError,
  type BencodeDict,
  type BencodeInput,
  decodeBencode,
  encodeBencode,
} from '../../encoding/index.ts'
import { parseSwarmId, formatSwarmId, type SwarmId, SwarmError } from '../../swarm/index.ts'
import { MAX_MONITOR_ENTRIES } from './monitor-limits.ts'
import { StorageError } from '../storage-error.ts'

/** Why a subscription was refused. Spec 20 §3.16. */
export type MonitorProblem =
  | 'bad-arguments'
  | 'bad-key'
  | 'namespaces-unordered'
  | 'bad-time'
  | 'bad-signature'
  | 'wrong-swarm'

/** What becomes of one subscription. Spec 20 §3.16. */
export type MonitorResult =
  | { readonly kind: 'subscribed' }
  /** `problem` is undefined for a number that nobody knows yet. */
  | { readonly kind: 'refused'; readonly problem: MonitorProblem | undefined; readonly swarm?: SwarmId }

/** The numbers of the problems on the wire, and what goes along for people. Spec 20 §3.16. */
const problems: readonly (readonly [problem: MonitorProblem, code: number, text: string])[] = [
  ['bad-arguments', 1, 'Invalid arguments'],
  ['bad-key', 2, 'Invalid pubkey or subaccount token'],
  ['namespaces-unordered', 3, 'Namespaces must be in ascending order'],
  ['bad-time', 4, 'Invalid timestamp'],
  ['bad-signature', 5, 'Signature verification failed'],
  ['wrong-swarm', 6, 'Account does not belong to this swarm'],
]

/** One dictionary for a single subscription, a list of them for a list. Spec 20 §3.16. */
export function encodeMonitorReply(results: readonly MonitorResult[], isList: boolean): Uint8Array {
  const [first] = results
  return encodeBencode(isList || first === undefined ? results.map(toBencode) : toBencode(first))
}

/** Spec 20 §3.16. @throws {StorageError} `storage.bad-reply` */
export function decodeMonitorReply(body: Uint8Array): readonly MonitorResult[] {
  try {
    const value = decodeBencode(body)
    if (value instanceof Map) return [parseResult(asDict(value))]
    const list = asList(value)
    if (list.length > MAX_MONITOR_ENTRIES) throw new StorageError('storage.bad-reply', { count: list.length })
    return list.map(item => parseResult(asDict(item)))
  } catch (cause) {
    if (cause instanceof BencodeError || cause instanceof SwarmError) {
      throw new StorageError('storage.bad-reply', {}, { cause })
    }
    throw cause
  }
}

/** The members that tell of a problem; also those of `monitor_ended`. */
export function problemMembers(problem: MonitorProblem, swarm: SwarmId | undefined): [string, BencodeInput][] {
  const [, code, text] = problems.find(([name]) => name === problem) ?? ['bad-arguments', 1, '']
  const right: [string, BencodeInput][] = swarm === undefined ? [] : [['swarm', formatSwarmId(swarm)]]
  return [['errcode', code], ['error', text], ...right]
}

function toBencode(result: MonitorResult): BencodeInput {
  if (result.kind === 'subscribed') return new Map([['success', 1]])
  return new Map(problemMembers(result.problem ?? 'bad-arguments', result.swarm))
}

function parseResult(dict: BencodeDict): MonitorResult {
  const success = dict.get('success')
  if (success !== undefined && asInteger(success) === 1n) return { kind: 'subscribed' }
  const code = dict.get('errcode')
  if (code === undefined) throw new StorageError('storage.bad-reply')
  const number = Number(asInteger(code))
  return {
    kind: 'refused',
    problem: problems.find(([, known]) => known === number)?.[0],
    ...parseSwarm(dict.get('swarm')),
  }
}

/** How it is written is not settled: text in hex here, and a number is understood. */
function parseSwarm(value: Bencode | undefined): { readonly swarm?: SwarmId } {
  if (value === undefined) return {}
  return { swarm: parseSwarmId(typeof value === 'bigint' ? value.toString(16) : asText(value)) }
}
