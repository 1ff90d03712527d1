import { ed25519Sign, ed25519Verify } from '@sotto/protocol/crypto'
import { drawKeyPair } from '../network/plan.ts'
import { messageBytes } from './accounts.ts'

/** How many signatures of 400 bytes are checked in a second, alone in one thread for `ms`: how fast the machine is just then. */
export function signatureRate(ms: number): number {
  const keys = drawKeyPair()
  const message = new Uint8Array(messageBytes)
  const signature = ed25519Sign(keys, message)
  const since = performance.now()
  let count = 0
  let now = since
  while (now < since + ms) {
    if (!ed25519Verify(keys.publicKey, message, signature)) throw new Error('a good signature was refused')
    count += 1
    now = performance.now()
  }
  return (count * 1000) / (now - since)
}
