import { formatGroupId, parseAccountId } from '@sotto/protocol/account'
import {
  Ed25519KeyPair,
  Ed25519Seed,
  ed25519Sign,
  nonce24,
  SymmetricKey,
  type Ed25519PublicKey,
} from '@sotto/protocol/crypto'
import { encodeBencode, encodeHex, utf8Encode } from '@sotto/protocol/encoding'
import {
  cancellationText,
  checkCancellation,
  checkSubscription,
  decodePushNews,
  decryptPushPayload,
  encodeMonitorList,
  openPushPayload,
  pushDuplicateKey,
  sealPushPayload,
  signCancellation,
  signSubscription,
  type PushDevice,
  type PushMetadata,
} from '@sotto/protocol/push'
import {
  access,
  encodeSubaccountToken,
  monitorText,
  subaccountSigner,
  toNamespace,
  toSubaccountToken,
  userSigner,
  type RequestSigner,
} from '@sotto/protocol/storage'
import { swarmOwnerBytes } from '@sotto/protocol/swarm'
import type { CaseReader } from '../case-reader.ts'
import type { Comparable } from '../compare.ts'
import type { Runner } from '../runner.ts'

/** Runners for the groups of `@sotto/protocol/push`. */
export const pushRunners: readonly Runner[] = [
  { group: 'push_payload', has: ['payload', 'decrypted_utf8'], run: rawPayload },
  { group: 'push_payload', has: ['metadata', 'enc_payload_b64'], run: payload },
  { group: 'push_subscribe', has: ['group_seed', 'subaccount'], run: memberSubscription },
  { group: 'push_subscribe', has: ['ed25519_seed', 'monitor_request'], run: userSubscription },
  { group: 'push_subscribe', has: ['bencoded'], run: news },
  { group: 'push_subscribe', has: ['svcid', 'key'], run: duplicateKey },
]

const device: PushDevice = { service: 'firebase', serviceInfo: new Map() }
const deviceKey = new SymmetricKey(new Uint8Array(32))

function rawPayload(c: CaseReader): void {
  c.expectUtf8('decrypted_utf8', decryptPushPayload(c.hex('payload'), new SymmetricKey(c.hex('enc_key'))))
}

function payload(c: CaseReader): void {
  const key = new SymmetricKey(c.hex('enc_key'))
  const sealed = c.base64('enc_payload_b64')
  const { metadata, body } = openPushPayload(sealed, key)
  c.expect('metadata', wireMetadata(metadata))
  c.expect('body', body ?? null)
  const plaintext = c.hex('plaintext')
  c.demand('plaintext', plaintext.length % 256 === 0, 'is not filled up to whole blocks')
  const padded = new Uint8Array(plaintext.length)
  padded.set(decryptPushPayload(sealed, key))
  c.expectHex('plaintext', padded)
  // A bencoded dict in front is what the existing server sends; it is read and not written.
  if (plaintext[1] === 0x64) return
  const stored = metadata.bodyOmitted ? new Uint8Array(metadata.bodyLength ?? 0) : body
  c.expectBase64('enc_payload_b64', sealPushPayload(metadata, stored, key, nonce24(sealed.subarray(0, 24))))
}

function wireMetadata(metadata: PushMetadata): Comparable {
  return {
    '@': metadata.account,
    '#': metadata.hash,
    n: metadata.namespace,
    t: metadata.storedAt,
    z: metadata.expiresAt,
    ...(metadata.bodyLength === undefined ? {} : { l: metadata.bodyLength }),
    ...(metadata.bodyOmitted ? { B: true } : {}),
  }
}

function userSubscription(c: CaseReader): void {
  const keyPair = new Ed25519KeyPair(new Ed25519Seed(c.hex('ed25519_seed')))
  c.expectHex('session_ed25519', keyPair.publicKey)
  const owner = parseAccountId(c.text('pubkey'))
  subscribe(c, owner, userSigner(keyPair))
  const timestamp = c.number('sig_ts')
  const cancelled = signCancellation({ owner, timestamp, device }, userSigner(keyPair))
  c.expectUtf8('unsubscribe_signed_utf8', cancellationText(cancelled))
  c.expectHex('unsubscribe_signature', cancelled.authority.signature)
  checkCancellation(cancelled, timestamp)
}

/** The member signs with a plain key here; in groups it is a blinded one. */
function memberSubscription(c: CaseReader): void {
  const group = new Ed25519KeyPair(new Ed25519Seed(c.hex('group_seed')))
  const member = new Ed25519KeyPair(new Ed25519Seed(c.hex('subaccount_seed')))
  const owner = formatGroupId(group.publicKey)
  c.expect('pubkey', owner)
  c.expectHex('subaccount', tokenOf(member.publicKey))
  const token = toSubaccountToken(c.hex('subaccount'))
  const ownerSignature = ed25519Sign(group, token)
  c.expectHex('subaccount_sig', ownerSignature)
  subscribe(
    c,
    owner,
    subaccountSigner(text => ed25519Sign(member, text), { token, ownerSignature }),
  )
}

function tokenOf(publicKey: Ed25519PublicKey): Uint8Array {
  return encodeSubaccountToken({ prefix: 0x03, flags: access.read | access.write, publicKey })
}

function subscribe(c: CaseReader, owner: Parameters<typeof signSubscription>[0]['owner'], signer: RequestSigner): void {
  const timestamp = c.number('sig_ts')
  const wanted = {
    owner,
    namespaces: c.numbers('namespaces').map(toNamespace),
    wantsData: c.flag('data'),
    timestamp,
  }
  const subscription = signSubscription(wanted, signer, { device, key: deviceKey })
  c.expectUtf8('subscribe_signed_utf8', monitorText(wanted))
  c.expectHex('subscribe_signature', subscription.monitor.authority.signature)
  c.expectHex('monitor_request', encodeMonitorList([subscription.monitor]))
  checkSubscription(subscription, timestamp)
}

function news(c: CaseReader): void {
  const { about, body } = decodePushNews(c.hex('bencoded'))
  const members = new Map<string, Parameters<typeof encodeBencode>[0]>([
    ['@', swarmOwnerBytes(about.account)],
    ['h', utf8Encode(about.hash)],
    ['n', about.namespace],
    ['t', about.storedAt],
    ['z', about.expiresAt],
  ])
  if (body !== undefined) members.set('~', body)
  c.expect('bencoded', encodeHex(encodeBencode(members)))
}

function duplicateKey(c: CaseReader): void {
  c.expectHex('key', pushDuplicateKey(c.text('service'), c.text('svcid'), c.text('hash')))
}
