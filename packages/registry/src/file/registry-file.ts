import {
  ed25519PublicKey,
  type Ed25519PublicKey,
  ed25519Signature,
  type Ed25519Signature,
} from '@sotto/protocol/crypto'
import {
  decodeBase64,
  decodeHex,
  encodeBase64,
  encodeHex,
  utf8Encode,
  decodeJson,
  formatJson,
  isJsonList,
  isJsonObject,
  type Json,
  type JsonObject,
} from '@sotto/protocol/encoding'
import { SottoError } from '@sotto/protocol/error'
import { maxRegistryBytes, maxSignatures } from '../limits.ts'
import { RegistryError } from '../registry-error.ts'

/** One signer's signature over a payload. */
export interface RegistrySignature {
  readonly key: Ed25519PublicKey
  readonly signature: Ed25519Signature
}

/** A static list as it travels: the bytes that are signed, and who signed. Nothing in it has been believed yet. */
export interface SignedRegistry {
  readonly payload: Uint8Array
  readonly signatures: readonly RegistrySignature[]
}

const format = 'sotto-static-registry'
const version = 1n

/**
 * Reads the JSON file of spec 60 §14: `format`, `version` 1, `payload` in base64, `signatures` of hex `key` and `sig`.
 * @throws {RegistryError} `registry.too-large`, `registry.bad-file`, `registry.unknown-version`
 */
export function parseRegistryFile(bytes: Uint8Array): SignedRegistry {
  if (bytes.length > maxRegistryBytes) throw new RegistryError('registry.too-large', { length: bytes.length })
  try {
    return readFile(decodeJson(bytes, { maxBytes: maxRegistryBytes, maxDepth: 4 }))
  } catch (cause) {
    if (cause instanceof RegistryError || !(cause instanceof SottoError)) throw cause
    throw new RegistryError('registry.bad-file', cause.detail, { cause })
  }
}

/** Undoes {@link parseRegistryFile}: UTF-8, a line per signature. */
export function formatRegistryFile({ payload, signatures }: SignedRegistry): Uint8Array {
  const lines = signatures.map(({ key, signature }) =>
    formatJson(
      new Map([
        ['key', encodeHex(key)],
        ['sig', encodeHex(signature)],
      ]),
    ),
  )
  const head = `{"format":"${format}","version":${version},\n"payload":"${encodeBase64(payload)}",\n`
  return utf8Encode(`${head}"signatures":[\n${lines.join(',\n')}\n]}\n`)
}

function readFile(file: Json): SignedRegistry {
  if (!isJsonObject(file) || file.get('format') !== format) throw new RegistryError('registry.bad-file')
  if (file.get('version') !== Number(version)) throw new RegistryError('registry.unknown-version')
  const signatures = file.get('signatures')
  if (!isJsonList(signatures) || signatures.length > maxSignatures) throw new RegistryError('registry.bad-file')
  return { payload: decodeBase64(textOf(file, 'payload')), signatures: signatures.map(readSignature) }
}

function readSignature(value: Json): RegistrySignature {
  if (!isJsonObject(value)) throw new RegistryError('registry.bad-file')
  return {
    key: ed25519PublicKey(decodeHex(textOf(value, 'key'))),
    signature: ed25519Signature(decodeHex(textOf(value, 'sig'))),
  }
}

function textOf(object: JsonObject, name: string): string {
  const value = object.get(name)
  if (typeof value !== 'string') throw new RegistryError('registry.bad-file')
  return value
}
