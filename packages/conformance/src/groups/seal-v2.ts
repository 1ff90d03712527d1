import { accountKey, parseAccountId } from '@sotto/protocol/account'
import {
  blake2bWith,
  mlKem768Encapsulate,
  nonce24,
  sha256,
  shake256,
  SymmetricKey,
  x25519,
  X25519KeyPair,
  X25519SecretKey,
  xchacha20poly1305Open,
  xWingCombine,
} from '@sotto/protocol/crypto'
import { concatBytes, utf8Encode } from '@sotto/protocol/encoding'
import { deriveRotatingKeys, publicKeysOf, type RotatingKeys, RotatingSeed, sealV2Message } from '@sotto/protocol/seal'
import type { CaseReader } from '../case-reader.ts'
import { keysIn } from './seal-keys.ts'

const headerLength = 1124

/** The case has no keys of the recipient, so that what was sealed is opened with the keys that it gives. */
export function protocolV2Draft(c: CaseReader): void {
  const rotating = deriveRotatingKeys(new RotatingSeed(c.hex('accountKeySeedHex')))
  c.expectHex('accountX25519SecretHex', rotating.x25519.secretKey.expose())
  c.expectHex('accountX25519PublicHex', rotating.x25519.publicKey)
  c.expectHex('accountMlkem768PublicSha256', sha256(rotating.mlKem.publicKey))
  c.expectHex('accountMlkem768PublicFirst16Hex', rotating.mlKem.publicKey.subarray(0, 16))
  const ephemeral = new X25519KeyPair(new X25519SecretKey(c.hex('ephemeralX25519SecretHex')))
  secrets(c, rotating, ephemeral)
  const recipient = parseAccountId(c.text('recipientAccountId'))
  const base = { sender: keysIn(c, 'senderSeedHex').ed25519, recipient, ephemeral }
  const content = c.utf8('content')
  const coins = c.hex('mlkemCoinsHex')
  const message = sealV2Message(content, { ...base, to: { keys: publicKeysOf(rotating), coins } })
  c.expect('messageLength', message.length)
  c.expectHex('keyIndicatorHex', message.subarray(2, 4))
  expectMessage(c, message)
  c.expectHex('innerDictHex', withoutZeroTail(open(c, message)))
  // The filler is given in words: key indicator dead, then 1088 times 77.
  const filler = concatBytes(Uint8Array.of(0xde, 0xad), new Uint8Array(1088).fill(0x77))
  const fallback = c.object('nonPfs')
  const bare = sealV2Message(content, { ...base, to: { filler } })
  expectMessage(fallback, bare)
  c.expectHex('innerDictHex', withoutZeroTail(open(fallback, bare)))
}

/** The steps on the way, which the library keeps to itself. Spec 10 §2.6. */
function secrets(c: CaseReader, { mlKem, x25519: own }: RotatingKeys, ephemeral: X25519KeyPair): void {
  const longTerm = accountKey(parseAccountId(c.text('recipientAccountId')))
  const options = { key: x25519(ephemeral.secretKey, longTerm), personalisation: utf8Encode('Session-Msg-KISS') }
  c.expectHex('kissHex', blake2bWith(2, options, ephemeral.publicKey, longTerm))
  const { sharedSecret } = mlKem768Encapsulate(mlKem.publicKey, c.hex('mlkemCoinsHex'))
  c.expectHex('mlkemSharedSecretHex', sharedSecret)
  const shared = x25519(ephemeral.secretKey, own.publicKey)
  const combined = xWingCombine(sharedSecret, shared, ephemeral.publicKey, own.publicKey)
  c.expectHex('xwingSharedSecretHex', combined)
  const derived = shake256(56, utf8Encode('SessionV2MessageSS'), combined)
  c.expectHex('encryptionKeyHex', derived.subarray(0, 32))
  c.expectHex('encryptionNonceHex', derived.subarray(32))
}

function expectMessage(c: CaseReader, message: Uint8Array): void {
  c.expectHex('messageSha256', sha256(message))
  c.expectHex('messageTailHex', message.subarray(headerLength))
}

function open(c: CaseReader, message: Uint8Array): Uint8Array {
  const key = new SymmetricKey(c.hex('encryptionKeyHex'))
  return xchacha20poly1305Open(key, nonce24(c.hex('encryptionNonceHex')), message.subarray(headerLength))
}

function withoutZeroTail(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(0, bytes.findLastIndex(byte => byte !== 0) + 1)
}
