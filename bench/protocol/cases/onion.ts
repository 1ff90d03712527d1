import { Ed25519KeyPair, ed25519KeyPairToX25519, Ed25519Seed, type X25519KeyPair } from '@sotto/protocol/crypto'
import {
  buildOnion,
  drawLayerSecrets,
  onionSize,
  parseOnionRequest,
  peelOnion,
  type OnionCipher,
  type OnionNode,
  type OnionPath,
} from '@sotto/protocol/onion'
import { nodeIdOf } from '@sotto/protocol/swarm'
import type { Bare } from '../bare/bare.ts'
import type { BenchCase } from '../case.ts'

/** Onions over three hops. For each layer a key pair, a shared secret, a key derivation and a cipher cannot be avoided. */
export function onionCases(bare: Bare): readonly BenchCase[] {
  return [...casesOf(bare, 'aes-gcm'), ...casesOf(bare, 'xchacha20')]
}

interface KnownNode extends OnionNode {
  readonly pair: X25519KeyPair
}

function knownNode(byte: number): KnownNode {
  const signer = new Ed25519KeyPair(new Ed25519Seed(new Uint8Array(32).fill(byte)))
  const pair = ed25519KeyPairToX25519(signer)
  return { id: nodeIdOf(signer.publicKey), key: pair.publicKey, pair }
}

function casesOf(bare: Bare, cipher: OnionCipher): readonly BenchCase[] {
  const guard = knownNode(1)
  const hops = [guard, knownNode(2), knownNode(3)]
  const path: OnionPath = { hops, destination: { kind: 'node', ...knownNode(4) } }
  const payload = new Uint8Array(1024).fill(0x20)
  // The cost of drawing is not counted on either side; real keys are drawn for every onion.
  const fixed = (size: number): Uint8Array => new Uint8Array(size).fill(9)
  const build = (): ReturnType<typeof buildOnion> =>
    buildOnion(payload, path, drawLayerSecrets(fixed, cipher, 4), { cipher })
  const built = build()
  const layer = bareLayer(bare, cipher, guard)
  const sizes = [0, 1, 2, 3].map(count =>
    onionSize(payload.length, { ...path, hops: hops.slice(0, count) }, { cipher }),
  )
  const plaintexts = sizes.map(size => new Uint8Array(size))
  const request = parseOnionRequest(built.request)
  return [
    {
      name: `onion/build 1 KB, 3 hops, ${cipher}`,
      goal: 1.25,
      ours: build,
      bare: () => plaintexts.map(plaintext => layer.seal(plaintext)),
    },
    {
      name: `onion/peel 1 KB, ${cipher}`,
      goal: 1.25,
      ours: () => peelOnion(parseOnionRequest(built.request), guard.pair),
      bare: () => layer.open(request.blob, request.ephemeral),
    },
  ]
}

interface BareLayer {
  seal(plaintext: Uint8Array): unknown
  open(blob: Uint8Array, ephemeral: Uint8Array): unknown
}

function bareLayer(bare: Bare, cipher: OnionCipher, node: KnownNode): BareLayer {
  const ephemeral = new Uint8Array(32).fill(9)
  const secret = node.pair.secretKey.expose()
  const label = new TextEncoder().encode('LOKI')
  const triple = new Uint8Array(96)
  if (cipher === 'aes-gcm') {
    const nonce = new Uint8Array(12)
    return {
      seal: plaintext => {
        bare.x25519Base(ephemeral)
        return bare.aes256gcmSeal(bare.hmacSha256(label, bare.x25519(ephemeral, node.key)), nonce, plaintext)
      },
      open: (blob, from) =>
        bare.aes256gcmOpen(bare.hmacSha256(label, bare.x25519(secret, from)), blob.subarray(0, 12), blob.subarray(12)),
    }
  }
  const nonce = new Uint8Array(24)
  return {
    seal: plaintext => {
      bare.x25519Base(ephemeral)
      bare.x25519(ephemeral, node.key)
      return bare.xchacha20poly1305Seal(bare.blake2b(32, triple), nonce, plaintext)
    },
    open: (blob, from) => {
      triple.set(bare.x25519(secret, from))
      triple.set(from, 32)
      triple.set(node.key, 64)
      return bare.xchacha20poly1305Open(bare.blake2b(32, triple), blob.subarray(0, 24), blob.subarray(24))
    },
  }
}
