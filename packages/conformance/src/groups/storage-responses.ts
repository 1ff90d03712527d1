import { ed25519Verify, ed25519Signature } from '@sotto/protocol/crypto'
import {
  memberResultText,
  parseMessageHash,
  signMemberResult,
  toNamespace,
  toSubaccountToken,
  userSigner,
  type Authority,
  type MemberResults,
  type MessageHash,
  type RecursiveMethod,
  type StorageRequest,
} from '@sotto/protocol/storage'
import { parseSwarmOwner, type SwarmOwner } from '@sotto/protocol/swarm'
import { ReadError, type CaseReader } from '../case-reader.ts'
import type { Runner } from '../runner.ts'
import type { VectorFile } from '../vector-file.ts'
import { keyPairNamed } from './storage-signers.ts'

const group = 'response_signatures'
const signed = ['signature_b64', 'signer']

/** What members of a swarm sign. Account and times stand in the signed text alone. */
export const responseSignatureRunners: readonly Runner[] = [
  { group, has: ['message', ...signed], run: stored },
  { group, has: ['message', 'requested', 'deleted', ...signed], run: deleted },
  { group, has: ['message', 'deleted', ...signed], run: allDeleted },
  { group, has: ['message', 'updated', ...signed], run: allExpired },
  { group, has: ['message', 'requested', 'updated', 'unchanged', 'expiry', ...signed], run: expired },
  { group, has: ['message_hex', ...signed], run: revoked },
]

/** By whose right the request was made does not show in the replies. */
function authorityOf(file: VectorFile): Authority {
  return { signature: userSigner(keyPairNamed(file, 'user')).sign(new Uint8Array()) }
}

/** Signs the result as the node of the case, and compares the text and the signature. */
function compare<M extends RecursiveMethod>(
  c: CaseReader,
  file: VectorFile,
  request: StorageRequest<M>,
  result: MemberResults[M],
): void {
  const nodeKeys = keyPairNamed(file, c.text('signer'))
  const text = memberResultText(request, result)
  if (c.has('message')) c.expectUtf8('message', text)
  else c.expectHex('message_hex', text)
  c.expectBase64('signature_b64', signMemberResult(request, result, nodeKeys))
  const isValid = ed25519Verify(nodeKeys.publicKey, text, ed25519Signature(c.base64('signature_b64')))
  c.demand('signature_b64', isValid, 'is refused')
}

function stored(c: CaseReader, file: VectorFile): void {
  const [owner, namespace] = [parseSwarmOwner('05'.repeat(33)), toNamespace(0)]
  const params = { owner, namespace, timestamp: 0, sigTimestamp: 0, expiry: 0, data: new Uint8Array() }
  compare(c, file, { method: 'store', params }, { hash: parseMessageHash(c.text('message')), already: false })
}

function deleted(c: CaseReader, file: VectorFile): void {
  const { owner } = headOf(c.text('message'))
  const params = { owner, messages: hashes(c, 'requested'), required: false, authority: authorityOf(file) }
  compare(c, file, { method: 'delete', params }, { deleted: hashes(c, 'deleted') })
}

/** The two methods sign the same. */
function allDeleted(c: CaseReader, file: VectorFile): void {
  const { owner, time } = headOf(c.text('message'))
  const params = { owner, namespace: 'all', authority: authorityOf(file) } as const
  const [first, ...others] = hashes(c, 'deleted').toReversed()
  const result = {
    deleted: new Map([
      [toNamespace(0), first === undefined ? [] : [first]],
      [toNamespace(2), others],
    ]),
  }
  compare(c, file, { method: 'delete_all', params: { ...params, timestamp: time } }, result)
  compare(c, file, { method: 'delete_before', params: { ...params, before: time } }, result)
}

function allExpired(c: CaseReader, file: VectorFile): void {
  const { owner, time } = headOf(c.text('message'))
  const params = { owner, namespace: toNamespace(0), expiry: time, authority: authorityOf(file) }
  compare(c, file, { method: 'expire_all', params }, { updated: hashes(c, 'updated').toReversed() })
}

function expired(c: CaseReader, file: VectorFile): void {
  const expiry = c.number('expiry')
  const { owner } = headOf(c.text('message'))
  const unchanged = c.object('unchanged')
  const params = {
    owner,
    messages: hashes(c, 'requested'),
    expiries: [expiry],
    mode: 'extend',
    authority: authorityOf(file),
  } as const
  compare(
    c,
    file,
    { method: 'expire', params },
    {
      expiry,
      updated: hashes(c, 'updated'),
      unchanged: new Map(unchanged.names().map(name => [parseMessageHash(name), unchanged.number(name)])),
    },
  )
}

/** Account ‖ time ‖ tokens of 36 bytes; the same for both methods. */
function revoked(c: CaseReader, file: VectorFile): void {
  const bytes = c.hex('message_hex')
  const { owner, time } = headOf(String.fromCharCode(...bytes))
  const params = { owner, tokens: [toSubaccountToken(bytes.slice(79))], timestamp: time, authority: authorityOf(file) }
  compare(c, file, { method: 'revoke_subaccount', params }, {})
  compare(c, file, { method: 'unrevoke_subaccount', params }, { count: 1 })
}

/** What most of these texts begin with: the account in hex, and a time. */
function headOf(message: string): { readonly owner: SwarmOwner; readonly time: number } {
  const [, account, time] = /^([0-9a-f]{66})(\d{13})?/.exec(message) ?? []
  if (account === undefined) throw new ReadError('message: does not begin with an account')
  return { owner: parseSwarmOwner(account), time: Number(time) }
}

function hashes(c: CaseReader, name: string): readonly MessageHash[] {
  return c.texts(name).map(parseMessageHash)
}
