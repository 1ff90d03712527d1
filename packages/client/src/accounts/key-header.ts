import { type Argon2idCost, nonce24, type Nonce24 } from '@sotto/protocol/crypto'
import {
  decodeBase64,
  decodeJson,
  EncodingError,
  encodeBase64,
  formatJson,
  isJsonObject,
  type Json,
  JsonError,
  type JsonObject,
  utf8Encode,
} from '@sotto/protocol/encoding'
import { maxHeaderBytes } from './account-files.ts'
import { AccountsError } from './accounts-error.ts'
import { isBearableCost } from './passphrase-hash.ts'

/** The database key under Argon2id of a passphrase: XChaCha20-Poly1305, 48 bytes. */
export interface PassphraseWrap {
  readonly kind: 'passphrase'
  readonly cost: Argon2idCost
  /** 16 bytes. */
  readonly salt: Uint8Array
  readonly nonce: Nonce24
  /** Ciphertext 32 ‖ tag 16. */
  readonly sealed: Uint8Array
}

/** The database key under a key that the device keeps apart. */
export interface DeviceWrap {
  readonly kind: 'device'
  /** 1 to 256 bytes; only the device's `DeviceKeys` knows what they are. */
  readonly sealed: Uint8Array
}

/** What stands beside an encrypted database in the clear. Architecture §5. */
export interface KeyHeader {
  readonly wrap: PassphraseWrap | DeviceWrap
  /** What the owner wants to read in the list of accounts before any of them is open. */
  readonly hint?: string
}

const version = 1
const algorithm = 'argon2id13'

/** JSON with a version; see the parser for its fields. */
export function formatKeyHeader({ wrap, hint }: KeyHeader): Uint8Array {
  const fields: [string, Json][] = [
    ['version', version],
    ['wrap', wrap.kind === 'passphrase' ? formatPassphraseWrap(wrap) : formatDeviceWrap(wrap)],
  ]
  if (hint !== undefined) fields.push(['hint', hint])
  return utf8Encode(`${formatJson(new Map(fields))}\n`)
}

function formatPassphraseWrap({ cost, salt, nonce, sealed }: PassphraseWrap): JsonObject {
  return new Map<string, Json>([
    ['kind', 'passphrase'],
    ['kdf', algorithm],
    ['passes', cost.passes],
    ['memoryBytes', cost.memoryBytes],
    ['salt', encodeBase64(salt)],
    ['nonce', encodeBase64(nonce)],
    ['key', encodeBase64(sealed)],
  ])
}

function formatDeviceWrap({ sealed }: DeviceWrap): JsonObject {
  return new Map<string, Json>([
    ['kind', 'device'],
    ['key', encodeBase64(sealed)],
  ])
}

/**
 * Reads a header, which whoever can write to the disk may have changed.
 * @throws {AccountsError} `account.bad-header`, `account.newer-version`
 */
export function parseKeyHeader(bytes: Uint8Array): KeyHeader {
  try {
    return readHeader(decodeJson(bytes, { maxBytes: maxHeaderBytes, maxDepth: 4 }))
  } catch (cause) {
    if (!(cause instanceof JsonError) && !(cause instanceof EncodingError)) throw cause
    throw new AccountsError('account.bad-header', { length: bytes.length }, { cause })
  }
}

function readHeader(json: Json): KeyHeader {
  if (!isJsonObject(json)) throw badHeader()
  const found = numberOf(json, 'version')
  if (found > version) throw new AccountsError('account.newer-version', { version: found })
  if (found !== version) throw badHeader()
  const wrap = json.get('wrap')
  if (!isJsonObject(wrap)) throw badHeader()
  const hint = json.get('hint')
  if (hint === undefined) return { wrap: readWrap(wrap) }
  if (typeof hint !== 'string' || !isHint(hint)) throw badHeader()
  return { wrap: readWrap(wrap), hint }
}

function readWrap(wrap: JsonObject): PassphraseWrap | DeviceWrap {
  if (wrap.get('kind') === 'device') return { kind: 'device', sealed: bytesOf(wrap, 'key', 1, 256) }
  if (wrap.get('kind') !== 'passphrase' || wrap.get('kdf') !== algorithm) throw badHeader()
  const cost = { passes: numberOf(wrap, 'passes'), memoryBytes: numberOf(wrap, 'memoryBytes') }
  if (!isBearableCost(cost)) throw badHeader()
  return {
    kind: 'passphrase',
    cost,
    salt: bytesOf(wrap, 'salt', 16, 16),
    nonce: nonce24(bytesOf(wrap, 'nonce', 24, 24)),
    sealed: bytesOf(wrap, 'key', 48, 48),
  }
}

function numberOf(object: JsonObject, name: string): number {
  const value = object.get(name)
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw badHeader()
  return value
}

function bytesOf(object: JsonObject, name: string, least: number, longest: number): Uint8Array {
  const value = object.get(name)
  if (typeof value !== 'string') throw badHeader()
  const bytes = decodeBase64(value, { padding: 'required' })
  if (bytes.length < least || bytes.length > longest) throw badHeader()
  return bytes
}

function badHeader(): AccountsError {
  return new AccountsError('account.bad-header')
}

/** Whether a text may be shown in the list of accounts: 1 to 64 characters, none of them a control character. */
function isHint(text: string): boolean {
  return text.isWellFormed() && /^[^\p{Cc}\p{Zl}\p{Zp}]{1,64}$/u.test(text)
}

/**
 * Reads what a person wants to be reminded of. It lies on the disk in the clear.
 * @throws {AccountsError} `accounts.bad-hint`
 */
export function parseHint(text: string): string {
  const hint = text.trim()
  if (!isHint(hint)) throw new AccountsError('accounts.bad-hint', { length: hint.length })
  return hint
}
