import { type AccountId, accountKey } from '../../account/index.ts'
import {
  type Ed25519KeyPair,
  mlKem768Encapsulate,
  x25519,
  type X25519KeyPair,
  type X25519PublicKey,
  xchacha20poly1305Seal,
} from '../../crypto/index.ts'
import { concatBytes } from '../../encoding/index.ts'
import { MAX_MESSAGE_BYTES } from '../../storage/index.ts'
import { SealError } from '../seal-error.ts'
import { type RotatingPublicKeys } from './account-keys.ts'
import { paddedInnerLength } from './header.ts'
import { encodeInner } from './inner.ts'
import { fallbackCipher, keyIndicatorSecret, rotatingCipher, type V2Cipher, xorTwo } from './secrets.ts'

/** From whom, to whom, and what must be fresh for every message. Spec 10 §2.6. */
export interface V2Sealing {
  readonly sender: Ed25519KeyPair
  readonly recipient: AccountId
  readonly ephemeral: X25519KeyPair
  /** The newest published keys of the recipient with 32 random bytes; or 1090 that fill their place if there are none. */
  readonly to: { readonly keys: RotatingPublicKeys; readonly coins: Uint8Array } | { readonly filler: Uint8Array }
  /** Of a paying user. */
  readonly rotatingProKeys?: Ed25519KeyPair | undefined
}

const version = Uint8Array.of(0x00, 0x02)
/** Key indicator 2 ‖ ciphertext 1088. */
const FILLER_LENGTH = 1090

/**
 * Seals a serialised content, not padded, with forward secrecy to the recipient's rotating keys, or without it to the
 * account alone. The result is stored as it is, in no envelope: the length is a multiple of 256. Spec 10 §2.6.
 * @throws {SealError} `seal.bad-length` for a content that does not fit, or a filler of another size
 * @throws {CryptoError} `crypto.weak-key`, `crypto.bad-point` for keys that an account should not have published
 */
export function sealV2Message(content: Uint8Array, sealing: V2Sealing): Uint8Array {
  const { sender, recipient, ephemeral, to } = sealing
  const longTerm = accountKey(recipient)
  const { indicator, ciphertext, cipher } =
    'keys' in to ? forKeys(to.keys, to.coins, ephemeral, longTerm) : forAccount(to.filler, ephemeral, longTerm)
  const inner = encodeInner(content, sender, recipient, sealing.rotatingProKeys)
  const padded = new Uint8Array(paddedInnerLength(inner.length))
  padded.set(inner)
  const body = xchacha20poly1305Seal(cipher.key, cipher.nonce, padded)
  const message = concatBytes(version, indicator, ephemeral.publicKey, ciphertext, body)
  if (message.length > MAX_MESSAGE_BYTES) throw new SealError('seal.bad-length', { length: message.length })
  return message
}

interface Sealed {
  readonly indicator: Uint8Array
  readonly ciphertext: Uint8Array
  readonly cipher: V2Cipher
}

function forKeys(
  { mlKem, x25519: rotating }: RotatingPublicKeys,
  coins: Uint8Array,
  ephemeral: X25519KeyPair,
  longTerm: X25519PublicKey,
): Sealed {
  const { publicKey } = ephemeral
  const kiss = keyIndicatorSecret(x25519(ephemeral.secretKey, longTerm), publicKey, longTerm)
  const { ciphertext, sharedSecret } = mlKem768Encapsulate(mlKem, coins)
  const cipher = rotatingCipher(sharedSecret, x25519(ephemeral.secretKey, rotating), publicKey, rotating)
  return { indicator: xorTwo(mlKem, kiss), ciphertext, cipher }
}

function forAccount(filler: Uint8Array, ephemeral: X25519KeyPair, longTerm: X25519PublicKey): Sealed {
  if (filler.length !== FILLER_LENGTH) throw new SealError('seal.bad-length', { length: filler.length })
  const cipher = fallbackCipher(x25519(ephemeral.secretKey, longTerm), ephemeral.publicKey, longTerm)
  return { indicator: filler.subarray(0, 2), ciphertext: filler.subarray(2), cipher }
}
