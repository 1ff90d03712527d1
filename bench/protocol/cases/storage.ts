import { formatAccountId } from '@sotto/protocol/account'
import { Ed25519KeyPair, ed25519KeyPairToX25519, Ed25519Seed } from '@sotto/protocol/crypto'
import {
  checkRequest,
  hashMessage,
  namespaces,
  requestText,
  signRequest,
  userSigner,
  type CheckContext,
} from '@sotto/protocol/storage'
import type { Bare } from '../bare/bare.ts'
import type { BenchCase } from '../case.ts'

/** What a node does for every request: the signature of its owner, and the hash of what is stored. */
export function storageCases(bare: Bare): readonly BenchCase[] {
  const keys = new Ed25519KeyPair(new Ed25519Seed(new Uint8Array(32).fill(1)))
  const owner = formatAccountId(ed25519KeyPairToX25519(keys).publicKey)
  const params = { owner, namespace: namespaces.contacts, timestamp: 1_700_000_000_000 }
  const request = signRequest('retrieve', params, userSigner(keys))
  const text = requestText('retrieve', params)
  const signature = bare.ed25519Sign(keys.expose(), text)
  const context = {
    now: params.timestamp,
    isForwarded: false,
    hardFork: [19, 4],
    isRevoked: () => false,
  } satisfies CheckContext
  const data = new Uint8Array(10 * 1024).fill(5)
  const hashed = new Uint8Array(data.length + 34)
  return [
    {
      name: 'storage/check signed retrieve',
      goal: 1.25,
      ours: () => checkRequest(request, context),
      bare: () => [bare.ed25519ToX25519(keys.publicKey), bare.ed25519Verify(keys.publicKey, text, signature)],
    },
    {
      name: 'storage/message hash 10 KB',
      goal: 1.25,
      ours: () => hashMessage(owner, namespaces.contacts, data),
      bare: () => bare.blake2b(32, hashed),
    },
  ]
}
