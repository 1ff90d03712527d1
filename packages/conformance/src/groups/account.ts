import {
  AccountSeed,
  decodeRecoveryPhrase,
  deriveAccountKeys,
  deriveVersionCheckIdentity,
  encodeRecoveryPhrase,
  formatAccountId,
  formatGroupId,
  parseAnyId,
  signFileServerRequest,
} from '@sotto/protocol/account'
import {
  Ed25519KeyPair,
  ed25519KeyPairToX25519,
  ed25519PublicKey,
  Ed25519Seed,
  ed25519Sign,
  ed25519Signature,
  ed25519Verify,
  privateScalar,
  sha256,
  signBit,
  x25519ToEd25519,
} from '@sotto/protocol/crypto'
import { crc32, utf8Encode } from '@sotto/protocol/encoding'
import { CaseReader, ReadError } from '../case-reader.ts'
import type { Runner } from '../runner.ts'

/** Runners for the groups about accounts: recovery phrases, the keys and ids they lead to, the `07` identity. */
export const accountRunners: readonly Runner[] = [
  { group: 'recovery', has: ['seedHex', 'phrase', 'accountId'], run: recovery },
  { group: 'recovery32', has: ['seedHex', 'phrase', 'checksumIndex'], run: longPhrase },
  { group: 'wordListPin', has: ['inputHex', 'words48', 'sha256OfLfJoined'], run: wordListPin },
  { group: 'mnemonicPrefixAndErrors', has: ['phrase', 'seedHex'], run: readablePhrase },
  { group: 'mnemonicPrefixAndErrors', has: ['phrase', 'error'], run: unreadablePhrase },
  { group: 'versionBlinding', has: ['seedHex', 'blindedSeedHex', 'signedText'], run: versionBlinding },
  { group: 'version_blind07', has: ['ed25519_seed', 'timestamp', 'signed_utf8'], run: versionCheck },
  { group: 'account_keys', has: ['seed', 'account_id', 'signature'], run: accountKeys },
  { group: 'keys', has: ['seed', 'ed25519_pub'], run: namedKeys },
  { group: 'identities', has: ['ed25519_seed', 'session_id', 'private_scalar_a'], run: identity },
  { group: 'group', has: ['input.seed_hex', 'expect.group_id'], run: groupIdOfSeed },
  { group: 'group', has: ['input.0', 'expect.0'], run: accountIdsOfSeeds },
]

/** How many words there are to choose from, and how many letters of each count. Spec 10 §1.3. */
const WORDS = 1626
const LETTERS = 3

function keyPairOf(seed: Uint8Array): Ed25519KeyPair {
  return new Ed25519KeyPair(new Ed25519Seed(seed))
}

function recovery(c: CaseReader): void {
  const seed = new AccountSeed(c.hex('seedHex'))
  const { ed25519, x25519, accountId } = deriveAccountKeys(seed)
  const phrase = encodeRecoveryPhrase(seed)
  c.expect('phrase', phrase)
  c.expectHex('seedHex', decodeRecoveryPhrase(c.text('phrase')).expose())
  c.expect('checksumIndex', checksumIndexOf(phrase))
  c.expectHex('paddedSeedHex', ed25519.seed.expose())
  c.expectHex('ed25519PublicKeyHex', ed25519.publicKey)
  c.expectHex('ed25519SecretKeyHex', ed25519.expose())
  c.expectHex('x25519PublicKeyHex', x25519.publicKey)
  c.expectHex('x25519SecretKeyHex', x25519.secretKey.expose())
  c.expect('accountId', accountId)
}

/** Where the word stands that a phrase repeats at its end, known from the checksum and held against the last word. */
function checksumIndexOf(phrase: string): number {
  const words = phrase.split(' ')
  const last = words.pop()
  const index = crc32(utf8Encode(words.map(word => word.slice(0, LETTERS)).join(''))) % words.length
  if (words[index] !== last) throw new Error(`the last word is not the one at ${index}`)
  return index
}

/** The words for any multiple of 16 bytes, without a checksum. A phrase of ours says 16, and its last word is dropped. */
function wordsOf(bytes: Uint8Array): readonly string[] {
  if (bytes.length % 16 !== 0) throw new ReadError(`${bytes.length} bytes are no multiple of 16`)
  const blocks = Array.from({ length: bytes.length / 16 }, (_, at) => bytes.subarray(16 * at, 16 * at + 16))
  return blocks.flatMap(block => encodeRecoveryPhrase(new AccountSeed(block)).split(' ').slice(0, -1))
}

function longPhrase(c: CaseReader): void {
  const phrase = c.text('phrase')
  const words = wordsOf(c.hex('seedHex'))
  c.expect('checksumIndex', checksumIndexOf(phrase))
  c.expect('phrase', [...words, words[c.number('checksumIndex')] ?? ''].join(' '))
}

/** The first word for a small number, read as four bytes, is the one of that number. */
function wordAt(number: number): string {
  return wordsOf(Uint8Array.of(number & 0xff, number >> 8, ...new Uint8Array(14)))[0] ?? ''
}

function wordListPin(c: CaseReader): void {
  c.expect('words48', wordsOf(c.hex('inputHex')).join(' '))
  const words = Array.from({ length: WORDS }, (_, number) => wordAt(number))
  c.expect('count', new Set(words).size)
  c.demand('count', wordAt(c.number('count')) === words[0], 'the words do not start again after the last one')
  c.expect('first', words[0])
  c.expect('last', words.at(-1))
  c.expectHex('sha256OfLfJoined', sha256(utf8Encode(words.join('\n'))))
}

function readablePhrase(c: CaseReader): void {
  c.expectHex('seedHex', decodeRecoveryPhrase(c.text('phrase')).expose())
}

/** Our codes by the words of the file. */
const phraseErrors: ReadonlyMap<string, string> = new Map([
  ['phrase.bad-checksum', 'checksum'],
  ['phrase.invalid-word', 'unknown-word'],
  ['phrase.too-short', 'too-short'],
  ['phrase.too-long', 'too-long'],
  ['phrase.invalid-value', 'overflow'],
])

function unreadablePhrase(c: CaseReader): void {
  const code = c.expectThrows('error', () => decodeRecoveryPhrase(c.text('phrase')))
  c.expect('error', phraseErrors.get(code ?? ''))
}

function versionBlinding(c: CaseReader): void {
  const identity = deriveVersionCheckIdentity(new Ed25519Seed(c.hex('seedHex')))
  c.expectHex('blindedSeedHex', identity.keyPair.seed.expose())
  c.expect('id', identity.id)
  const { method, path, sentAtSeconds } = requestOf(c.text('signedText'))
  const headers = signFileServerRequest(identity, { method, path, sentAtSeconds })
  const signature = CaseReader.unchecked({ ...headers }).base64('X-FS-Signature')
  c.expectHex('signatureHex', signature)
}

/** Takes the signed text apart: decimal seconds, the method in capitals, and the path with its query. */
function requestOf(signed: string) {
  const [, seconds = '', method = '', path = ''] = /^(\d+)([A-Z]+)(\/.*)$/.exec(signed) ?? []
  if (path === '') throw new ReadError('the signed text is not a time, a method and a path')
  return { sentAtSeconds: Number(seconds), method, path }
}

function versionCheck(c: CaseReader): void {
  const identity = deriveVersionCheckIdentity(new Ed25519Seed(c.hex('ed25519_seed')))
  const request = requestOf(c.text('signed_utf8'))
  const headers = CaseReader.unchecked({ ...signFileServerRequest(identity, request) })
  c.expect('timestamp', Number(headers.text('X-FS-Timestamp')))
  c.expectHex('signature', headers.base64('X-FS-Signature'))
  if (c.has('derived_seed')) c.expectHex('derived_seed', identity.keyPair.seed.expose())
  if (c.has('pubkey')) c.expectHex('pubkey', identity.keyPair.publicKey)
  if (c.has('x_fs_pubkey')) c.expect('x_fs_pubkey', headers.text('X-FS-Pubkey'))
}

function accountKeys(c: CaseReader): void {
  const keyPair = keyPairOf(c.hex('seed'))
  const x25519 = ed25519KeyPairToX25519(keyPair)
  c.expectHex('ed25519_pk', keyPair.publicKey)
  c.expectHex('ed25519_sk', keyPair.expose())
  c.expectHex('x25519_pk', x25519.publicKey)
  c.expectHex('x25519_sk', x25519.secretKey.expose())
  c.expect('account_id', formatAccountId(x25519.publicKey))
  c.expectHex('seed_for_privkey', keyPair.seed.expose())
  const message = c.hex('msg')
  c.expectHex('signature', ed25519Sign(keyPair, message))
  c.expect('verify', ed25519Verify(keyPair.publicKey, message, ed25519Signature(c.hex('signature'))))
}

/** An account is named by its X25519 key, a group by its Ed25519 key, and other keys have no id. */
function namedKeys(c: CaseReader): void {
  const keyPair = keyPairOf(c.hex('seed'))
  c.expectHex('ed25519_pub', keyPair.publicKey)
  if (!c.has('account')) return
  const { kind } = parseAnyId(c.text('account'))
  const ofGroup = formatGroupId(keyPair.publicKey)
  c.expect('account', kind === 'group' ? ofGroup : formatAccountId(ed25519KeyPairToX25519(keyPair).publicKey))
}

function identity(c: CaseReader): void {
  const keyPair = keyPairOf(c.hex('ed25519_seed'))
  const { publicKey } = ed25519KeyPairToX25519(keyPair)
  c.expectHex('ed25519_pubkey', keyPair.publicKey)
  c.expectHex('ed25519_sk64', keyPair.expose())
  c.expectHex('private_scalar_a', privateScalar(keyPair).expose())
  c.expectHex('x25519_pubkey', publicKey)
  c.expect('session_id', formatAccountId(publicKey))
  c.expectHex('ed25519_from_x25519', x25519ToEd25519(publicKey))
  c.expect('ed_sign_bit', signBit(ed25519PublicKey(c.hex('ed25519_pubkey'))))
}

function groupIdOfSeed(c: CaseReader): void {
  const keyPair = keyPairOf(c.object('input').hex('seed_hex'))
  c.object('expect').expect('group_id', formatGroupId(keyPair.publicKey))
}

function accountIdsOfSeeds(c: CaseReader): void {
  const keyPairs = c.hexes('input').map(keyPairOf)
  c.expect(
    'expect',
    keyPairs.map(keyPair => formatAccountId(ed25519KeyPairToX25519(keyPair).publicKey)),
  )
}
