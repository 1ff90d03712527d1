import {
  deriveVersionCheckIdentity,
  formatAccountId,
  parseAccountId,
  parseBlindedId,
  parseBlindedId15,
  signFileServerRequest,
  type FileServerRequest,
  type VersionCheckIdentity,
} from '@sotto/protocol/account'
import {
  absoluteBlindedId15,
  blinded15Candidates,
  blinded15IdOfKey,
  blinded25Id,
  blinded25IdOfKey,
  blindedSign,
  blinding15Factor,
  blinding25Factor,
  deriveBlinded15KeyPair,
  deriveBlinded25KeyPair,
  isBlindedIdOf,
  openBlindedMessage,
  sealBlindedMessage,
  unblind15,
  type BlindedKeyPair,
  type BlindedRoute,
} from '@sotto/protocol/blinding'
import {
  blake2b,
  ed25519KeyPairToX25519,
  Ed25519KeyPair,
  Ed25519Seed,
  ed25519Signature,
  ed25519ToX25519,
  ed25519Verify,
  invertScalar,
  multiplyPoint,
  nonce24,
  privateScalar,
  x25519PublicKey,
} from '@sotto/protocol/crypto'
import { padMessage, unpadMessage, utf8Encode } from '@sotto/protocol/encoding'
import type { CaseReader } from '../case-reader.ts'
import type { Runner } from '../runner.ts'
import { bytesOfBase64, hexOf } from '../text-bytes.ts'

/** Runners for the groups of `@sotto/protocol/blinding`. */
export const blindingRunners: readonly Runner[] = [
  { group: 'blindedIds', has: ['seedHex', 'k15Hex'], run: blindedKeys },
  { group: 'blindedIds', has: ['wireId15', 'candidates15'], run: blindedCandidates },
  { group: 'blindedIds', has: ['accountId', 'id25'], run: blinded25 },
  { group: 'blindedSignatures', has: ['seedHex', 'signatureHex'], run: signatureOfHello },
  { group: 'blindedMessages', has: ['senderSeedHex', 'unpaddedHex'], run: blindedMessage },
  { group: 'blind15_ids', has: ['ed25519_seed', 'blinded15_abs_id'], run: blind15Ids },
  { group: 'blind15_sign', has: ['sig_nonce_sk64', 'sig_nonce_seed32'], run: blind15Sign },
  { group: 'blind25_sign', has: ['k_prime', 'signature'], run: blind25Sign },
  { group: 'unblind15', has: ['k_inverse'], run: unblind },
  { group: 'blinded_dm', has: ['sender_seed', 'enc_key'], run: blindedDm },
  { group: 'blinding', has: ['blind15_factor', 'blind25_factor'], run: blinding },
]

function accountOf(c: CaseReader, name: string): Ed25519KeyPair {
  return new Ed25519KeyPair(new Ed25519Seed(c.hex(name)))
}

function accountIdOf(account: Ed25519KeyPair): string {
  return formatAccountId(ed25519KeyPairToX25519(account).publicKey)
}

function blindedKeys(c: CaseReader): void {
  const account = accountOf(c, 'seedHex')
  const server = x25519PublicKey(c.hex('serverPubkeyHex'))
  const pair15 = deriveBlinded15KeyPair(account, server)
  const pair25 = deriveBlinded25KeyPair(account, server)
  c.expect('accountId', accountIdOf(account))
  c.expectHex('k15Hex', pair15.factor.expose())
  c.expectHex('blinded15SecretHex', pair15.secret.expose())
  c.expect('id15', pair15.id)
  c.expectHex('k25Hex', pair25.factor.expose())
  c.expectHex('blinded25SecretHex', pair25.secret.expose())
  c.expect('id25', pair25.id)
}

function blindedCandidates(c: CaseReader): void {
  const account = parseAccountId(c.text('accountId'))
  const server = x25519PublicKey(c.hex('serverPubkeyHex'))
  const wire = parseBlindedId(c.text('wireId15'))
  const candidates = blinded15Candidates(account, server)
  c.expect('candidates15', candidates)
  c.demand(
    'wireId15',
    candidates.some(id => id === wire),
    'is not among the candidates',
  )
  c.demand('wireId15', isBlindedIdOf(wire, account, server), 'does not match the account')
}

function blinded25(c: CaseReader): void {
  const account = parseAccountId(c.text('accountId'))
  c.expect('id25', blinded25Id(account, x25519PublicKey(c.hex('serverPubkeyHex'))))
}

/** The case does not say by which recipe it was signed: exactly one of the three makes these bytes. */
function signatureOfHello(c: CaseReader): void {
  const account = accountOf(c, 'seedHex')
  const server = x25519PublicKey(c.hex('serverPubkeyHex'))
  const message = utf8Encode('hello')
  const pair15 = deriveBlinded15KeyPair(account, server)
  const pair25 = deriveBlinded25KeyPair(account, server)
  const made = [
    { pair: pair25, signature: blindedSign(pair25, message) },
    { pair: pair15, signature: blindedSign(pair15, message, 'secret-key') },
    { pair: pair15, signature: blindedSign(pair15, message, 'seed') },
  ]
  const wanted = c.hex('signatureHex')
  const match = made.filter(({ signature }) => hexOf(signature) === hexOf(wanted))
  c.demand('signatureHex', match.length === 1, 'is made by no recipe')
  const verifies = match.every(({ pair }) => ed25519Verify(pair.publicKey, message, ed25519Signature(wanted)))
  c.demand('signatureHex', verifies, 'does not verify')
}

function blindedMessage(c: CaseReader): void {
  const sender = accountOf(c, 'senderSeedHex')
  const recipient = accountOf(c, 'recipientSeedHex')
  const pairs = blindBoth(c, 'senderBlindedId', sender, recipient, 'serverPubkeyHex')
  c.expect('recipientBlindedId', pairs.recipient.id)
  c.expectHex('sharedKeyHex', sharedKey(pairs).key)
  const plaintext = c.hex('unpaddedHex')
  const sealed = sealBlindedMessage(padMessage(plaintext), pairs.sender, pairs.recipient.id, nonce24(c.hex('nonceHex')))
  c.expectHex('ciphertextHex', sealed)
  for (const reader of [pairs.recipient, pairs.sender]) {
    const opened = openBlindedMessage(c.hex('ciphertextHex'), reader, routeOf(pairs))
    c.expectHex('unpaddedHex', unpadMessage(opened.content))
    c.expect('recoveredAccountId', opened.sender)
  }
}

function blindedDm(c: CaseReader): void {
  const pairs = blindBoth(c, 'sender_id', accountOf(c, 'sender_seed'), accountOf(c, 'recipient_seed'), 'server_pubkey')
  c.expect('recipient_id', pairs.recipient.id)
  const { shared, key } = sharedKey(pairs)
  c.expectHex('shared_point', shared)
  c.expectHex('enc_key', key)
  const sealed = sealBlindedMessage(c.hex('plaintext'), pairs.sender, pairs.recipient.id, nonce24(c.hex('nonce')))
  c.expectHex('ciphertext', sealed)
  c.expectBase64('message_b64', sealed)
  for (const reader of [pairs.recipient, pairs.sender]) {
    const opened = openBlindedMessage(sealed, reader, routeOf(pairs))
    c.expectHex('plaintext', opened.content)
    c.expect('sender_session_id', opened.sender)
  }
}

interface Pairs {
  readonly sender: BlindedKeyPair
  readonly recipient: BlindedKeyPair
}

/** The scheme is told by the sender's id. */
function blindBoth(
  c: CaseReader,
  senderName: string,
  sender: Ed25519KeyPair,
  recipient: Ed25519KeyPair,
  serverName: string,
): Pairs {
  const server = x25519PublicKey(c.hex(serverName))
  const derive = c.text(senderName).startsWith('15') ? deriveBlinded15KeyPair : deriveBlinded25KeyPair
  const pairs = { sender: derive(sender, server), recipient: derive(recipient, server) }
  c.expect(senderName, pairs.sender.id)
  return pairs
}

function routeOf({ sender, recipient }: Pairs): BlindedRoute {
  return { sender: sender.id, recipient: recipient.id }
}

/** The steps on the way to a sealed message, which the library keeps to itself. */
function sharedKey({ sender, recipient }: Pairs): { readonly shared: Uint8Array; readonly key: Uint8Array } {
  const scalar = sender.scheme === '15' ? privateScalar(sender.account) : sender.secret
  const shared = multiplyPoint(scalar, recipient.publicKey)
  return { shared, key: blake2b(32, shared, sender.publicKey, recipient.publicKey) }
}

function blind15Ids(c: CaseReader): void {
  const account = accountOf(c, 'ed25519_seed')
  const server = x25519PublicKey(c.hex('server_pubkey'))
  c.expectHex('k', blinding15Factor(server).expose())
  c.expect('session_id', accountIdOf(account))
  const { id } = deriveBlinded15KeyPair(account, server)
  c.expect('blinded15_id', id)
  c.expect('blinded15_abs_id', absoluteBlindedId15(parseBlindedId15(id)))
  const fromId = blinded15Candidates(parseAccountId(c.text('session_id')), server)
  c.expect('blinded15_abs_id', absoluteBlindedId15(fromId[0]))
}

function blind15Sign(c: CaseReader): void {
  const pair = deriveBlinded15KeyPair(accountOf(c, 'ed25519_seed'), x25519PublicKey(c.hex('server_pubkey')))
  const message = c.utf8('message_utf8')
  c.expectHex('k', pair.factor.expose())
  c.expectHex('ka', pair.secret.expose())
  c.expect('blinded15_id', pair.id)
  c.expectHex('sig_nonce_sk64', blindedSign(pair, message, 'secret-key'))
  c.expectHex('sig_nonce_seed32', blindedSign(pair, message, 'seed'))
  for (const name of ['sig_nonce_sk64', 'sig_nonce_seed32']) {
    c.demand(name, ed25519Verify(pair.publicKey, message, ed25519Signature(c.hex(name))), 'does not verify')
  }
}

function blind25Sign(c: CaseReader): void {
  const account = accountOf(c, 'ed25519_seed')
  const server = x25519PublicKey(c.hex('server_pubkey'))
  const pair = deriveBlinded25KeyPair(account, server)
  c.expect('session_id', accountIdOf(account))
  const accountId = parseAccountId(c.text('session_id'))
  c.expectHex('k', blinding25Factor(accountId, server).expose())
  c.expectHex('k_prime', pair.factor.expose())
  c.expectHex('ka', pair.secret.expose())
  c.expect('blinded25_id', pair.id)
  c.expect('blinded25_id', blinded25Id(accountId, server))
  const message = c.utf8('message_utf8')
  c.expectHex('signature', blindedSign(pair, message))
  c.demand('signature', ed25519Verify(pair.publicKey, message, ed25519Signature(c.hex('signature'))), 'does not verify')
}

function unblind(c: CaseReader): void {
  const server = x25519PublicKey(c.hex('server_pubkey'))
  c.expectHex('k_inverse', invertScalar(blinding15Factor(server)).expose())
  const key = unblind15(parseBlindedId15(c.text('blinded15_id')), server)
  c.expectHex('ed25519_pubkey', key)
  c.expect('session_id', formatAccountId(ed25519ToX25519(key)))
  c.expect('blinded25_id_same_server', blinded25IdOfKey(key, server))
}

function blinding(c: CaseReader): void {
  const account = accountOf(c, 'seed')
  const accountId = formatAccountId(ed25519KeyPairToX25519(account).publicKey)
  const server = x25519PublicKey(c.hex('server_pk'))
  c.expectHex('ed25519_pk', account.publicKey)
  c.expect('session_id', accountId)
  c.expect('session_id_from_ed', formatAccountId(ed25519ToX25519(account.publicKey)))
  c.expectHex('blind15_factor', blinding15Factor(server).expose())
  c.expect('blind15_ids', blinded15Candidates(accountId, server))
  c.expect('blinded15_id_from_ed', blinded15IdOfKey(account.publicKey, server))
  expectPair(c, deriveBlinded15KeyPair(account, server), 'blind15')
  const pair25 = deriveBlinded25KeyPair(account, server)
  c.expectHex('blind25_factor', blinding25Factor(accountId, server).expose())
  c.expect('blind25_id', blinded25Id(accountId, server))
  c.expect('blinded25_id_from_ed', blinded25IdOfKey(account.publicKey, server))
  c.expectHex('blind25_k_prime', pair25.factor.expose())
  expectPair(c, pair25, 'blind25')
  for (const match of c.list('matches')) {
    const id = parseBlindedId(match.text('blinded_id'))
    match.expect('result', isBlindedIdOf(id, parseAccountId(match.text('session_id')), server))
  }
  versionRequests(c, deriveVersionCheckIdentity(account.seed))
}

function expectPair(c: CaseReader, pair: BlindedKeyPair, prefix: string): void {
  c.expectHex(`${prefix}_pk`, pair.publicKey)
  c.expectHex(`${prefix}_sk`, pair.secret.expose())
  c.expectHex(`${prefix}_signature`, blindedSign(pair, c.hex('msg'), 'secret-key'))
}

function versionRequests(c: CaseReader, identity: VersionCheckIdentity): void {
  c.expectHex('version_blind_pk', identity.keyPair.publicKey)
  c.expectHex('version_blind_sk', identity.keyPair.expose())
  const sentAtSeconds = c.number('version_timestamp')
  const path = `/session_version?platform=${c.text('version_platform')}`
  c.expectHex('version_signature', signatureOf(identity, { method: 'GET', path, sentAtSeconds }))
  for (const name of ['version_request', 'version_request_body']) {
    const request = c.object(name)
    const body = request.given('body') ? { body: request.hex('body') } : {}
    const signed = { method: request.text('method'), path: request.text('path'), sentAtSeconds, ...body }
    request.expectHex('signature', signatureOf(identity, signed))
  }
}

function signatureOf(identity: VersionCheckIdentity, request: FileServerRequest): Uint8Array {
  return bytesOfBase64(signFileServerRequest(identity, request)['X-FS-Signature']) ?? new Uint8Array(0)
}
