import { type Ed25519PublicKey, ed25519PublicKey } from '@sotto/protocol/crypto'
import { decodeHex } from '@sotto/protocol/encoding'

/**
 * Reads keys of those who sign lists of nodes, as a build is told them: hex, separated by commas..
 * @throws {EncodingError} @throws {CryptoError} for what is no key
 */
export function parseTrustedKeys(text: string): readonly Ed25519PublicKey[] {
  return text.split(',').map(key => ed25519PublicKey(decodeHex(key.trim())))
}
