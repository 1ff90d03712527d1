import { ed25519Sign } from '@sotto/protocol/crypto'
import {
  checkMonitor,
  checkRequest,
  encodeSubaccountToken,
  monitorText,
  parseMessageHash,
  decodeSubaccountToken,
  requestText,
  signMonitor,
  signRequest,
  toNamespace,
  toSubaccountToken,
  type CheckContext,
  type ExpireMode,
  type Namespace,
  type NamespaceScope,
  type SignedMethod,
  type Unsigned,
} from '@sotto/protocol/storage'
import { parseSwarmOwner, type SwarmOwner } from '@sotto/protocol/swarm'
import { ReadError, type CaseReader } from '../case-reader.ts'
import type { Runner } from '../runner.ts'
import type { VectorFile } from '../vector-file.ts'
import { signerOf } from './storage-signers.ts'

const group = 'request_signatures'
const signed = ['signature_b64', 'signer']

/** Signatures of requests. What the cases do not say of the parameters stands in the signed text. */
export const requestSignatureRunners: readonly Runner[] = [
  { group, has: ['message', ...signed], run: scoped },
  { group, has: ['message', 'messages', ...signed], run: withMessages },
  { group, has: ['message', 'messages', 'expiry', ...signed], run: withExpiries },
  { group, has: ['message_hex', 'token_hex', 'token_b64', ...signed], run: token },
  { group, has: ['message_hex', 'revoke', ...signed], run: (c, file) => revocation(c, file, 'revoke') },
  { group, has: ['message_hex', 'unrevoke', ...signed], run: (c, file) => revocation(c, file, 'unrevoke') },
]

/** Signs a request of these parameters, compares the text and the signature, and has a node judge it at that time. */
function compare<M extends SignedMethod>(
  c: CaseReader,
  file: VectorFile,
  method: M,
  now: number,
  paramsOf: (owner: SwarmOwner) => Unsigned<M>,
): void {
  const { owner, signer } = signerOf(c, file)
  const params = paramsOf(owner)
  if (c.has('message')) c.expectUtf8('message', requestText(method, params))
  else c.expectHex('message_hex', requestText(method, params))
  c.expectBase64('signature_b64', signer.sign(requestText(method, params)))
  const context: CheckContext = { now, isForwarded: false, hardFork: [19, 4], isRevoked: () => false }
  checkRequest(signRequest(method, params, signer), context)
}

/** Name of the method ‖ namespace, nothing for 0 ‖ time in ms. */
function scoped(c: CaseReader, file: VectorFile): void {
  const message = c.text('message')
  if (message.startsWith('MONITOR')) return monitor(c, file)
  const [, method, scopeText, timeText] =
    /^(store|retrieve|delete_all|delete_before|expire_all)(all|-?\d+?)?(\d{13})$/.exec(message) ?? []
  const namespace = scopeOf(scopeText)
  const time = Number(timeText)
  switch (method) {
    case 'store':
      return compare(c, file, method, time, owner => ({
        owner,
        namespace: single(namespace),
        timestamp: time,
        sigTimestamp: time,
        expiry: time + 20_000,
        data: new Uint8Array(),
      }))
    case 'retrieve':
      return compare(c, file, method, time, owner => ({ owner, namespace: single(namespace), timestamp: time }))
    case 'delete_all':
      return compare(c, file, method, time, owner => ({ owner, namespace, timestamp: time }))
    case 'delete_before':
      return compare(c, file, method, time, owner => ({ owner, namespace, before: time }))
    case 'expire_all':
      return compare(c, file, method, time, owner => ({ owner, namespace, expiry: time }))
    default:
      throw new ReadError('message: is of no method that is known')
  }
}

/** Name of the method ‖ mode ‖ time in ms ‖ hashes. */
function withMessages(c: CaseReader, file: VectorFile): void {
  const messages = c.texts('messages').map(parseMessageHash)
  const head = /^(delete|expire|get_expiries)(shorten|extend)?(\d{13})?/.exec(c.text('message'))
  const [, method, mode, timeText] = head ?? []
  const time = Number(timeText)
  switch (method) {
    case 'delete':
      return compare(c, file, method, 0, owner => ({ owner, messages, required: false }))
    case 'expire':
      return compare(c, file, method, time, owner => ({ owner, messages, expiries: [time], ...modeOf(mode) }))
    case 'get_expiries':
      return compare(c, file, method, time, owner => ({ owner, messages, timestamp: time }))
    default:
      throw new ReadError('message: is of no method that is known')
  }
}

function withExpiries(c: CaseReader, file: VectorFile): void {
  const messages = c.texts('messages').map(parseMessageHash)
  const expiries = c.numbers('expiry')
  compare(c, file, 'expire', Math.min(...expiries), owner => ({ owner, messages, expiries }))
}

/** The owner of the account signs the bytes of the token. */
function token(c: CaseReader, file: VectorFile): void {
  const bytes = encodeSubaccountToken(decodeSubaccountToken(toSubaccountToken(c.hex('token_hex'))))
  c.expectHex('token_hex', bytes)
  c.expectBase64('token_b64', bytes)
  c.expectHex('message_hex', bytes)
  c.expectBase64('signature_b64', ed25519Sign(signerOf(c, file).keyPair, bytes))
}

/** Name of the method ‖ time in ms ‖ tokens as they are. */
function revocation(c: CaseReader, file: VectorFile, key: 'revoke' | 'unrevoke'): void {
  const tokens = c.hexes(key).map(toSubaccountToken)
  const head = new TextDecoder().decode(c.hex('message_hex'))
  const timestamp = Number(/\d{13}/.exec(head)?.[0])
  compare(c, file, `${key}_subaccount`, timestamp, owner => ({ owner, tokens, timestamp }))
}

/** MONITOR ‖ account ‖ time in seconds ‖ 0 or 1 for data ‖ namespaces with commas between. */
function monitor(c: CaseReader, file: VectorFile): void {
  const [, account, time, data, list] = /^MONITOR([0-9a-f]{66})(\d{10})([01])(.*)$/.exec(c.text('message')) ?? []
  const { owner, signer } = signerOf(c, file)
  const timestamp = Number(time)
  const namespaces = (list ?? '').split(',').map(text => toNamespace(Number(text)))
  const request = signMonitor({ owner, namespaces, wantsData: data === '1', timestamp }, signer)
  c.demand('message', parseSwarmOwner(account ?? '') === owner, 'is about another account than that of the signer')
  c.expectUtf8('message', monitorText(request))
  c.expectBase64('signature_b64', request.authority.signature)
  const problem = checkMonitor(request, { now: timestamp * 1000, isRevoked: () => false })
  c.demand('signature_b64', problem === undefined, 'is refused by a node')
}

function scopeOf(text: string | undefined): NamespaceScope {
  return text === 'all' ? 'all' : toNamespace(Number(text ?? '0'))
}

function single(scope: NamespaceScope): Namespace {
  if (scope === 'all') throw new ReadError('message: means all namespaces where there can be one only')
  return scope
}

function modeOf(text: string | undefined): { readonly mode?: ExpireMode } {
  return text === 'shorten' || text === 'extend' ? { mode: text } : {}
}
