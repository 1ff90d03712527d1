export { createAes256CbcDecryptor, createAes256CbcEncryptor, type CipherStream } from './aes-cbc.ts'
export {
  aes256gcmOpen,
  aes256gcmSeal,
  aes256gcmSealInPlace,
  nonce12,
  tryAes256gcmOpen,
  tryAes256gcmOpenInPlace,
  type Nonce12,
} from './aes-gcm.ts'
export { argon2id, type Argon2idCost } from './argon2id.ts'
export { blake2b, blake2bWith, createBlake2b, type Blake2bOptions } from './blake2b.ts'
export { equalBytes, wipeBytes } from './bytes.ts'
export { ownMemory } from './own-memory.ts'
export { ConvertedKeys } from './converted-keys.ts'
export {
  Ed25519KeyPair,
  ed25519KeyPairToX25519,
  ed25519PublicKey,
  Ed25519Seed,
  ed25519Sign,
  ed25519Signature,
  ed25519ToX25519,
  ed25519Verify,
  tryEd25519ToX25519,
  type Ed25519PublicKey,
  type Ed25519Signature,
  type KeyConversion,
} from './ed25519.ts'
export {
  addScalars,
  invertScalar,
  isValidPoint,
  multiplyBasePoint,
  multiplyPoint,
  multiplyScalars,
  negateScalar,
  privateScalar,
  reduceScalar,
  Scalar,
  signBit,
  signWithScalar,
  tryX25519ToEd25519,
  withSignBit,
  x25519ToEd25519,
} from './edwards.ts'
export { CryptoError, type CryptoErrorCode } from './crypto-error.ts'
export type { Hasher } from './hasher.ts'
export {
  mlKem768Decapsulate,
  mlKem768Encapsulate,
  mlKem768KeyPair,
  mlKem768PublicKey,
  MlKem768SecretKey,
  type Encapsulation,
  type MlKem768KeyPair,
  type MlKem768PublicKey,
} from './ml-kem.ts'
export type { RandomBytes } from './random.ts'
export { releaseBytes } from './release.ts'
export { openSealedBox, openSecretBox, sealBox, SEALED_BOX_OVERHEAD } from './sealed-box.ts'
export {
  SECRET_STREAM_OVERHEAD,
  SecretStreamOpener,
  SecretStreamSealer,
  type SecretStreamChunk,
  type SecretStreamTag,
} from './secret-stream.ts'
export { Secret, SymmetricKey } from './secret.ts'
export { createHmacSha256, createSha256, hmacSha256, sha256, sha3256, sha512, shake256 } from './sha.ts'
export { x25519, X25519KeyPair, x25519PublicKey, X25519SecretKey, type X25519PublicKey } from './x25519.ts'
export { xWingCombine, xWingDecapsulate, xWingEncapsulate, xWingPublicKey, XWingSecretKey } from './x-wing.ts'
export {
  nonce24,
  tryXchacha20poly1305Open,
  tryXchacha20poly1305OpenInPlace,
  xchacha20poly1305Open,
  xchacha20poly1305Seal,
  xchacha20poly1305SealInPlace,
  type Nonce24,
} from './xchacha20poly1305.ts'
export { xed25519Sign, xed25519Verify } from './xed25519.ts'
