import { X25519KeyPair, x25519PublicKey, X25519SecretKey } from '../../src/crypto/index.ts'
import { decodeHex } from '../../src/encoding/index.ts'
import {
  parseServerAddress,
  type LayerKey,
  type LayerSecret,
  type OnionKeys,
  type OnionNode,
  type OnionPath,
} from '../../src/onion/index.ts'
import { parseNodeId } from '../../src/swarm/index.ts'

/** A key pair with a secret of one repeated byte. */
export function pairOf(byte: number): X25519KeyPair {
  return new X25519KeyPair(new X25519SecretKey(new Uint8Array(32).fill(byte)))
}

/** A node whose x25519 secret repeats the byte, and whose id repeats it too. */
export function nodeOf(byte: number): OnionNode {
  return { id: parseNodeId(byte.toString(16).padStart(2, '0').repeat(32)), key: pairOf(byte).publicKey }
}

/** Layer secrets of repeated bytes from 0xa0, destination first. */
export function secretsOf(count: number, nonceLength: number): readonly LayerSecret[] {
  return Array.from({ length: count }, (_, at) => ({
    ephemeral: pairOf(0xa0 + at),
    nonce: new Uint8Array(nonceLength).fill(0xb0 + at),
  }))
}

/** Nodes 1 to `hops`, the destination being node 9. */
export function nodePath(hops: number): OnionPath {
  return { hops: Array.from({ length: hops }, (_, at) => nodeOf(at + 1)), destination: { kind: 'node', ...nodeOf(9) } }
}

const address = parseServerAddress({
  host: 'example.org',
  protocol: 'https',
  port: 443,
  target: '/oxen/v4/lsrpc',
})

/** Nodes 1 to `hops`, the destination being a server with key 9. */
export function serverPath(hops: number, target = '/oxen/v4/lsrpc'): OnionPath {
  return {
    ...nodePath(hops),
    destination: { kind: 'server', key: pairOf(9).publicKey, address: { ...address, target } },
  }
}

/** A public key in hex. */
export function publicKeyOf(hex: string) {
  return x25519PublicKey(decodeHex(hex))
}

/** The key of one layer, the destination's being 0. */
export function layerAt({ layers }: OnionKeys, at: number): LayerKey {
  const key = layers[at]
  if (key === undefined) throw new Error(`there is no layer ${at}`)
  return key
}
