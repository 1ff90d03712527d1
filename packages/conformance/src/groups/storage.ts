import { ed25519PublicKey } from '@sotto/protocol/crypto'
import {
  checkRequest,
  decodeActiveNodes,
  encodeActiveNodes,
  formatRequest,
  hashMessage,
  isOpenToRetrieve,
  isPublicInbox,
  isPublicOutbox,
  isUnrevocable,
  parseRequest,
  pollSizes,
  toNamespace,
} from '@sotto/protocol/storage'
import { nodeIdOf, parseSwarmOwner, toSwarmId } from '@sotto/protocol/swarm'
import { ReadError, type CaseReader } from '../case-reader.ts'
import type { Json } from '../json.ts'
import type { Runner } from '../runner.ts'
import { requestSignatureRunners } from './storage-requests.ts'
import { responseSignatureRunners } from './storage-responses.ts'

/** Runners for the groups of `@sotto/protocol/storage`. */
export const storageRunners: readonly Runner[] = [
  { group: 'message_hash', has: ['account', 'namespace', 'data_b64', 'hash'], run: networkHash },
  {
    group: 'messageHash',
    has: ['accountId', 'namespace', 'dataBase64', 'hash'],
    run: c => hash(c, c.base64('dataBase64')),
  },
  { group: 'messageHash', has: ['accountId', 'namespace', 'dataHex', 'hash'], run: c => hash(c, c.hex('dataHex')) },
  { group: 'namespace_classes', has: ['ns', 'public_inbox'], run: namespaceClass },
  { group: 'poll_max_size', has: ['namespaces', 'max_size'], run: pollMaxSize },
  { group: 'rpc_examples', has: ['json', 'expected_store_hash'], run: batchExample },
  { group: 'bencoded', has: ['hex', 'fields'], run: activeNode },
  ...requestSignatureRunners,
  ...responseSignatureRunners,
]

function networkHash(c: CaseReader): void {
  const owner = parseSwarmOwner(c.text('account'))
  c.expect('hash', hashMessage(owner, toNamespace(c.number('namespace')), c.base64('data_b64')))
}

function hash(c: CaseReader, data: Uint8Array): void {
  c.expect('hash', hashMessage(parseSwarmOwner(c.text('accountId')), toNamespace(c.number('namespace')), data))
}

function namespaceClass(c: CaseReader): void {
  const namespace = toNamespace(c.number('ns'))
  c.expect('public_inbox', isPublicInbox(namespace))
  c.expect('public_outbox', isPublicOutbox(namespace))
  c.expect('noauth_retrieve', isOpenToRetrieve(namespace))
  c.expect('unrevocable', isUnrevocable(namespace))
}

function pollMaxSize(c: CaseReader): void {
  const namespaces = c.numbers('namespaces')
  const sizes = pollSizes(namespaces.map(toNamespace))
  c.expect('max_size', Object.fromEntries(namespaces.map((namespace, at) => [String(namespace), sizes[at]])))
}

/** Reads the batch, judges what is in it at the time in it, and writes it again. */
function batchExample(c: CaseReader): void {
  const request = parseRequest(c.utf8('json'))
  if (request.method !== 'batch') throw new ReadError('json: is no batch')
  for (const inner of request.params.requests) {
    if (inner.method === 'store') {
      c.expect('expected_store_hash', hashMessage(inner.params.owner, inner.params.namespace, inner.params.data))
    }
    const time = 'timestamp' in inner.params ? (inner.params.timestamp ?? 0) : 0
    checkRequest(inner, { now: time, isForwarded: false, hardFork: [19, 3], isRevoked: () => false })
  }
  const again = JSON.parse(new TextDecoder().decode(formatRequest(request))) as Json
  const given = JSON.parse(c.text('json')) as Json
  c.demand('json', ordered(again) === ordered(given), 'is written differently')
}

/** JSON with the members of objects in the order of their names. */
function ordered(value: Json): string {
  return JSON.stringify(value, (_, inner: Json) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}

function activeNode(c: CaseReader): void {
  const [node, ...more] = decodeActiveNodes(c.hex('hex'))
  const { contact } = node ?? {}
  if (node === undefined || contact === undefined || more.length > 0) throw new ReadError('hex: is not one node')
  const fields = c.object('fields')
  fields.expect('ed25519', node.id)
  fields.expect('swarm_id', node.swarm)
  fields.expect('ip', contact.ip)
  fields.expect('https_port', contact.httpsPort)
  fields.expect('omq_port', contact.omqPort)
  fields.expect('version', contact.version.join('.'))
  const id = nodeIdOf(ed25519PublicKey(fields.hex('ed25519')))
  c.expectHex('hex', encodeActiveNodes([{ id, swarm: toSwarmId(fields.bigint('swarm_id')), contact }]))
}
