import type { AccountId } from '@sotto/protocol/account'
import type { SymmetricKey } from '@sotto/protocol/crypto'
import { encodeBase64, isJsonObject, type Json } from '@sotto/protocol/encoding'
import { SottoError } from '@sotto/protocol/error'
import {
  nameHash,
  nameRecordKey,
  nameRequest,
  openNameRecord,
  parseNameAnswer,
  parseRegisteredName,
  type RegisteredName,
} from '@sotto/protocol/names'
import type { CaseReader } from '../case-reader.ts'
import type { Runner } from '../runner.ts'

/** Runners for the groups of `@sotto/protocol/names`. */
export const nameRunners: readonly Runner[] = [
  { group: 'ons', has: ['name', 'encryptedValueHex', 'accountId'], run: record },
  { group: 'ons', has: ['name', 'nameHashBase64'], run: hashOnly },
  { group: 'onsNameSyntax', has: ['name', 'valid'], run: syntax },
  { group: 'ons_response', has: ['name', 'ciphertext', 'session_id'], run: response },
]

function record(c: CaseReader): void {
  const name = parseRegisteredName(c.text('name'))
  if (c.has('normalised')) c.expect('normalised', name)
  if (c.has('nameHashHex')) c.expectHex('nameHashHex', nameHash(name))
  if (c.has('nameHashBase64')) hashOnly(c)
  const { account, key } = opened(name, c.text('encryptedValueHex'), c.has('nonceHex') ? c.text('nonceHex') : undefined)
  c.expectHex('keyHex', key.expose())
  c.expect('accountId', account)
}

function hashOnly(c: CaseReader): void {
  const name = parseRegisteredName(c.text('name'))
  const { params } = nameRequest(name)
  const hash = isJsonObject(params) ? params.get('name_hash') : undefined
  c.expect('nameHashBase64', typeof hash === 'string' ? hash : undefined)
}

function syntax(c: CaseReader): void {
  const text = c.text('name')
  c.expect('valid', isAllowed(text))
}

function isAllowed(text: string): boolean {
  try {
    return parseRegisteredName(text).length > 0
  } catch (error) {
    if (error instanceof SottoError) return false
    throw error
  }
}

function response(c: CaseReader): void {
  const name = parseRegisteredName(c.text('name'))
  c.expect('name_hash_b64', encodeBase64(nameHash(name)))
  const nonce = c.given('nonce') ? c.text('nonce') : undefined
  c.expect('session_id', opened(name, c.text('ciphertext'), nonce).account)
}

/** Goes the way of a node's answer: hex in an object. */
function opened(
  name: RegisteredName,
  encryptedValue: string,
  nonce: string | undefined,
): { readonly account: AccountId; readonly key: SymmetricKey } {
  const members: [string, Json][] = [
    ['encrypted_value', encryptedValue],
    ['nonce', nonce ?? null],
  ]
  const answer = parseNameAnswer(new Map(members))
  if (answer === undefined) throw new Error('is taken for a name that is not registered')
  const key = nameRecordKey(name, answer)
  return { account: openNameRecord(answer, key), key }
}
