import {
  deriveBlinded15KeyPair,
  deriveBlinded25KeyPair,
  openBlindedMessage,
  sealBlindedMessage,
} from '../src/blinding/index.ts'
import { Ed25519KeyPair, Ed25519Seed, nonce24, x25519PublicKey } from '../src/crypto/index.ts'
import { padMessage, utf8Encode } from '../src/encoding/index.ts'
import type { FuzzTarget } from './target.ts'

const server = x25519PublicKey(new Uint8Array(32).fill(9))
const sender = new Ed25519KeyPair(new Ed25519Seed(new Uint8Array(32).fill(1)))
const recipient = new Ed25519KeyPair(new Ed25519Seed(new Uint8Array(32).fill(2)))

/** Parsers of `@sotto/protocol/blinding`. */
export const targets: readonly FuzzTarget[] = [
  messageTarget('15', deriveBlinded15KeyPair),
  messageTarget('25', deriveBlinded25KeyPair),
]

function messageTarget(scheme: string, derive: typeof deriveBlinded15KeyPair): FuzzTarget {
  const from = derive(sender, server)
  const to = derive(recipient, server)
  const message = padMessage(utf8Encode('hello'))
  return {
    name: `blinding/message-${scheme}`,
    corpus: [sealBlindedMessage(message, from, to.id, nonce24(new Uint8Array(24)))],
    run: input => void openBlindedMessage(input, to, { sender: from.id, recipient: to.id }),
  }
}
