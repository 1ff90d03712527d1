import { SottoError } from '../error/index.ts'

/** Codes of `CryptoError`; stable. No spec: the codes are ours. */
export type CryptoErrorCode =
  | 'crypto.bad-length'
  | 'crypto.bad-point'
  | 'crypto.weak-key'
  | 'crypto.open-failed'
  | 'crypto.bad-padding'
  | 'crypto.bad-parameters'
  | 'crypto.stream-ended'
  | 'crypto.wiped'

const sentences: Readonly<Record<CryptoErrorCode, string>> = {
  'crypto.bad-length': 'A key, nonce or signature has the wrong length.',
  'crypto.bad-point': 'A public key is not a valid point of the curve.',
  'crypto.weak-key': 'A public key is one of the few that make every shared secret equal; it is refused.',
  'crypto.open-failed': 'The data could not be decrypted: it was changed, or it is for another key.',
  'crypto.bad-padding': 'The decrypted data does not end as it should.',
  'crypto.bad-parameters': 'The password hashing parameters are outside what this program accepts.',
  'crypto.stream-ended': 'This stream has already been finished.',
  'crypto.wiped': 'This secret has been wiped from memory and cannot be used again.',
}

/**
 * Thrown by every function of `crypto` for bad lengths, bad points and data that does not open.
 * No spec: the codes are ours.
 */
export class CryptoError extends SottoError<CryptoErrorCode> {
  override readonly name = 'CryptoError'

  override get sentence(): string {
    return sentences[this.code]
  }
}

/** @throws {CryptoError} `crypto.bad-length` unless `bytes` has exactly `length` bytes. */
export function requireLength(bytes: Uint8Array, length: number): void {
  if (bytes.length !== length) throw new CryptoError('crypto.bad-length', { length: bytes.length, expected: length })
}
