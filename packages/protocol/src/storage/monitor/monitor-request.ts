import {
  type Bencode,
  type BencodeDict,
  type BencodeInput,
  BencodeError,
  asDict,
  asList,
  asNumber,
  decodeBencode,
  encodeBencode,
  expectBytes,
  expectList,
  expectNumber,
  optionalBytes,
  optionalInteger,
} from '../../encoding/index.ts'
import { type Ed25519PublicKey, ed25519PublicKey, ed25519Signature } from '../../crypto/index.ts'
import { accountIdOfSigner } from '../../account/index.ts'
import { type SwarmOwner, swarmOwnerBytes, swarmOwnerOf, swarmOwnerPrefix } from '../../swarm/index.ts'
import { type Authority, authorityOf, type SubaccountGrant } from '../auth/authority.ts'
import { authorise, type RequestSigner } from '../auth/signer.ts'
import { MAX_BODY_BYTES } from '../limits.ts'
import { type Namespace, toNamespace } from '../namespace.ts'
import { signedText } from '../signed-text.ts'
import { StorageError } from '../storage-error.ts'
import { toSubaccountToken } from '../subaccount.ts'
import { MAX_MONITOR_ENTRIES, MAX_MONITOR_NAMESPACES } from './monitor-limits.ts'
import { type MonitorProblem } from './monitor-reply.ts'

/** Asks to be told of new messages on this connection. For push servers; not through onions. Spec 20 §3.16. */
export interface MonitorRequest {
  readonly owner: SwarmOwner
  /** Strictly ascending, 1 to 64. */
  readonly namespaces: readonly Namespace[]
  /** Whether notifications carry the message itself. */
  readonly wantsData: boolean
  /** Unix **seconds**. Spec 20, trap 3. */
  readonly timestamp: number
  readonly authority: Authority
}

/** One of several requests; what is wrong with it concerns no other. Spec 20 §3.16. */
export type MonitorEntry = MonitorRequest | { readonly problem: MonitorProblem }

/** The requests of one body. Spec 20 §3.16. */
export interface MonitorBody {
  /** The reply is a list as well then. */
  readonly isList: boolean
  readonly entries: readonly MonitorEntry[]
}

/**
 * Reads a bencoded dictionary, or a list of them. Spec 20 §3.16.
 * @throws {StorageError} `storage.bad-frame` if it is neither, `storage.too-many` past ten thousand
 */
export function decodeMonitor(body: Uint8Array): MonitorBody {
  try {
    const value = decodeBencode(body, { maxBytes: MAX_BODY_BYTES })
    if (value instanceof Map) return { isList: false, entries: [parseEntry(value)] }
    const list = asList(value)
    if (list.length > MAX_MONITOR_ENTRIES) throw new StorageError('storage.too-many', { count: list.length })
    return { isList: true, entries: list.map(parseEntry) }
  } catch (cause) {
    if (cause instanceof BencodeError) throw new StorageError('storage.bad-frame', {}, { cause })
    throw cause
  }
}

/** A single request is a dictionary, several are a list. Undone by {@link decodeMonitor}. Spec 20 §3.16. */
export function encodeMonitor(requests: readonly MonitorRequest[]): Uint8Array {
  const [first] = requests
  return encodeBencode(requests.length === 1 && first !== undefined ? toBencode(first) : requests.map(toBencode))
}

/** `MONITOR` ‖ account in hex ‖ time in seconds ‖ 0 or 1 for data ‖ namespaces with commas between. Spec 20 §3.16. */
export function monitorText(request: Omit<MonitorRequest, 'authority'>): Uint8Array {
  const { owner, timestamp, wantsData, namespaces } = request
  return signedText('MONITOR', owner, timestamp, wantsData ? 1 : 0, namespaces.join(','))
}

/** For users the signer has to bring their key: the account is found by it. Spec 20 §3.16. */
export function signMonitor(request: Omit<MonitorRequest, 'authority'>, signer: RequestSigner): MonitorRequest {
  return { ...request, authority: authorise(signer, monitorText(request)) }
}

function parseEntry(value: Bencode): MonitorEntry {
  try {
    return parseDict(asDict(value))
  } catch (error) {
    if (error instanceof BencodeError) return { problem: 'bad-arguments' }
    throw error
  }
}

function parseDict(dict: BencodeDict): MonitorEntry {
  const account = parseAccount(dict)
  const grant = parseGrant(dict)
  if (account === undefined || grant === 'bad') return { problem: 'bad-key' }
  const namespaces = expectList(dict, 'n').map(item => toNamespace(asNumber(item, { min: -32768, max: 32767 })))
  const problem = namespacesProblem(namespaces)
  if (problem !== undefined) return { problem }
  const signature = ed25519Signature(expectBytes(dict, 's', { length: 64 }))
  return {
    owner: account.owner,
    namespaces,
    wantsData: optionalInteger(dict, 'd', { min: 0n, max: 1n }) === 1n,
    timestamp: expectNumber(dict, 't', { min: 0 }),
    authority: authorityOf(signature, account.publicKey, grant),
  }
}

interface MonitoredAccount {
  readonly owner: SwarmOwner
  readonly publicKey: Ed25519PublicKey | undefined
}

/** `P` is the Ed25519 key of a 05 account, `p` any other account: exactly one of them. */
function parseAccount(dict: BencodeDict): MonitoredAccount | undefined {
  const key = optionalBytes(dict, 'P')
  const bytes = optionalBytes(dict, 'p')
  if (key !== undefined && bytes === undefined && key.length === 32) return accountOfKey(ed25519PublicKey(key))
  if (key !== undefined || bytes?.length !== 33) return undefined
  const owner = swarmOwnerOf(bytes)
  return swarmOwnerPrefix(owner) === 0x05 ? undefined : { owner, publicKey: undefined }
}

function accountOfKey(publicKey: Ed25519PublicKey): MonitoredAccount | undefined {
  const owner = accountIdOfSigner(publicKey)
  return owner && { owner, publicKey }
}

/** `S` is the owner's signature, `T` the token: both or neither. */
function parseGrant(dict: BencodeDict): SubaccountGrant | 'bad' | undefined {
  const signature = optionalBytes(dict, 'S')
  const token = optionalBytes(dict, 'T')
  if (signature === undefined && token === undefined) return undefined
  if (signature?.length !== 64 || token?.length !== 36) return 'bad'
  return { token: toSubaccountToken(token), ownerSignature: ed25519Signature(signature) }
}

/** What is wrong with the namespaces of a subscription: none or too many, or not strictly ascending. Spec 20 §3.16. */
export function namespacesProblem(namespaces: readonly Namespace[]): MonitorProblem | undefined {
  const { length } = namespaces
  if (length === 0 || length > MAX_MONITOR_NAMESPACES) return 'bad-arguments'
  const isAscending = namespaces.every((namespace, at) => at === 0 || (namespaces[at - 1] ?? namespace) < namespace)
  return isAscending ? undefined : 'namespaces-unordered'
}

function toBencode({ owner, namespaces, wantsData, timestamp, authority }: MonitorRequest): BencodeInput {
  const { signature, publicKey, grant } = authority
  const account: [string, BencodeInput] = publicKey === undefined ? ['p', swarmOwnerBytes(owner)] : ['P', publicKey]
  const subaccount: [string, BencodeInput][] =
    grant === undefined
      ? []
      : [
          ['S', grant.ownerSignature],
          ['T', grant.token],
        ]
  const data: [string, BencodeInput][] = wantsData ? [['d', 1]] : []
  const rest: [string, BencodeInput][] = [
    ['n', namespaces],
    ['s', signature],
    ['t', timestamp],
  ]
  return new Map<string, BencodeInput>([account, ...subaccount, ...data, ...rest])
}
