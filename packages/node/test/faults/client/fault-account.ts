import { type Ed25519KeyPair, ed25519KeyPairToX25519, type RandomBytes } from '@sotto/protocol/crypto'
import { Ed25519KeyPair as KeyPair, Ed25519Seed } from '@sotto/protocol/crypto'
import { concatBytes } from '@sotto/protocol/encoding'
import { type RequestSigner, userSigner } from '@sotto/protocol/storage'
import { type SwarmOwner, swarmOwnerOf } from '@sotto/protocol/swarm'

/** A user of a test. */
export interface FaultAccount {
  readonly owner: SwarmOwner
  readonly keys: Ed25519KeyPair
  readonly signer: RequestSigner
}

/** A user whose key is drawn. */
export function drawAccount(random: RandomBytes): FaultAccount {
  const keys = new KeyPair(new Ed25519Seed(random(32)))
  const owner = swarmOwnerOf(concatBytes(Uint8Array.of(0x05), ed25519KeyPairToX25519(keys).publicKey))
  return { owner, keys, signer: userSigner(keys) }
}
