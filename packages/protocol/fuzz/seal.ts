import { formatAccountId } from '../src/account/index.ts'
import {
  Ed25519KeyPair,
  ed25519KeyPairToX25519,
  Ed25519Seed,
  nonce24,
  sealBox,
  X25519KeyPair,
  X25519SecretKey,
} from '../src/crypto/index.ts'
import { utf8Encode } from '../src/encoding/index.ts'
import { decodeInboxMessage } from '../src/message/index.ts'
import {
  deriveRotatingKeys,
  encodeRotatingKeys,
  openForMany,
  openInboxMessage,
  openMessage,
  openV2Message,
  decodeRotatingKeys,
  publicKeysOf,
  RotatingSeed,
  sealForMany,
  sealInboxMessage,
  sealV2Message,
  signForRecipient,
  unwrapLegacyConfig,
  wrapLegacyConfig,
} from '../src/seal/index.ts'
import { encodeInner, decodeInner } from '../src/seal/v2/inner.ts'
import { type FuzzTarget } from './target.ts'

const alice = keysOf(1)
const bob = keysOf(2)
const ephemeral = new X25519KeyPair(new X25519SecretKey(new Uint8Array(32).fill(3)))
const rotating = deriveRotatingKeys(new RotatingSeed(new Uint8Array(32).fill(4)))
const domain = 'fuzz'
const hello = utf8Encode('hello')

const data = sealInboxMessage(
  { kind: 'message', body: 'hello', attachments: [], sentAt: 1_750_000_000_123 },
  { sender: alice.ed25519, recipient: bob.accountId, ephemeral, mark: { decoy: new Uint8Array(64).fill(5) } },
)
const v2 = {
  sender: alice.ed25519,
  recipient: bob.accountId,
  ephemeral,
  to: { keys: publicKeysOf(rotating), coins: new Uint8Array(32) },
}
const forMany = sealForMany({
  sender: alice.x25519,
  messages: [hello],
  recipients: [bob.x25519.publicKey, ephemeral.publicKey],
  domain,
  nonce: nonce24(new Uint8Array(24)),
})

/** Parsers of `@sotto/protocol/seal`. What stands inside of a seal is changed there, for nothing else gets past it. */
export const targets: readonly FuzzTarget[] = [
  { name: 'seal/inbox', corpus: [data], run: input => void openInboxMessage(input, bob.x25519) },
  {
    name: 'seal/message',
    corpus: [decodeInboxMessage(data).content],
    run: input => void openMessage(input, bob.x25519),
  },
  {
    name: 'seal/message-inside',
    corpus: [signForRecipient(hello, alice.ed25519, bob.x25519.publicKey)],
    run: input => void openMessage(sealBox(input, bob.x25519.publicKey, ephemeral), bob.x25519),
  },
  {
    name: 'seal/legacy-config',
    corpus: [wrapLegacyConfig({ config: 'contacts', seqno: 5n, data: hello }, bob)],
    run: input => void unwrapLegacyConfig(input, bob),
  },
  {
    name: 'seal/for-many',
    corpus: [forMany],
    run: input => void openForMany(input, alice.x25519.publicKey, bob.x25519, domain),
  },
  { name: 'seal/v2', corpus: [sealV2Message(hello, v2)], run: input => void openV2Message(input, bob, [rotating]) },
  {
    name: 'seal/v2-inside',
    corpus: [encodeInner(hello, alice.ed25519, bob.accountId, alice.ed25519)],
    run: input => void decodeInner(input, bob.accountId),
  },
  {
    name: 'seal/v2-keys',
    corpus: [encodeRotatingKeys(publicKeysOf(rotating), bob.x25519.secretKey, new Uint8Array(64))],
    run: input => void decodeRotatingKeys(input, bob.accountId),
  },
]

function keysOf(byte: number): Parameters<typeof unwrapLegacyConfig>[1] {
  const ed25519 = new Ed25519KeyPair(new Ed25519Seed(new Uint8Array(32).fill(byte)))
  const x25519 = ed25519KeyPairToX25519(ed25519)
  return { ed25519, x25519, accountId: formatAccountId(x25519.publicKey) }
}
