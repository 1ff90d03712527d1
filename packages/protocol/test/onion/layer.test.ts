import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SymmetricKey, X25519KeyPair, X25519SecretKey, x25519PublicKey } from '../../src/crypto/index.ts'
import { decodeHex, encodeHex, utf8Decode } from '../../src/encoding/index.ts'
import {
  deriveLayerKey,
  deriveLayerKeyAsNode,
  layerOverhead,
  nonceSize,
  openLayer,
  parseOnionCipher,
  sealLayer,
  sealWithLayerKey,
  tryOpenLayer,
  type OnionCipher,
} from '../../src/onion/index.ts'
import network from '../../../../vectors/network.json' with { type: 'json' }
import { codeOf } from '../coded.ts'
import { pairOf } from './fixtures.ts'

const anyCipher = fc.constantFrom<OnionCipher>('aes-gcm', 'xchacha20')
const hopLayers = network.hop_layer.flatMap(v => ('derived_key' in v && v.enc_type !== undefined ? [v] : []))

test.for(hopLayers)('hop layer: $what', v => {
  const cipher = parseOnionCipher(v.enc_type)
  const client = new X25519KeyPair(new X25519SecretKey(decodeHex(v.client_sec ?? '')))
  const node = new X25519KeyPair(new X25519SecretKey(decodeHex(v.node_sec)))
  expect(encodeHex(client.publicKey)).toBe(v.client_pub)
  expect(encodeHex(node.publicKey)).toBe(v.node_pub)
  expect(encodeHex(deriveLayerKey(cipher, client, node.publicKey).key.expose())).toBe(v.derived_key)
  expect(encodeHex(deriveLayerKeyAsNode(cipher, node, client.publicKey).key.expose())).toBe(v.derived_key)
  const blob = decodeHex(v.ciphertext ?? '')
  expect(utf8Decode(openLayer(blob, deriveLayerKeyAsNode(cipher, node, client.publicKey)))).toBe(v.plaintext)
  const sealed = sealLayer(
    cipher,
    openLayer(blob, deriveLayerKey(cipher, client, node.publicKey)),
    node.publicKey,
    client,
    blob.slice(0, nonceSize(cipher)),
  )
  expect(encodeHex(sealed.blob)).toBe(v.ciphertext)
})

test('what a client seals only the node opens, and back', () => {
  fc.assert(
    fc.property(anyCipher, fc.uint8Array({ maxLength: 300 }), fc.nat(), (cipher, plaintext, at) => {
      const nonce = new Uint8Array(nonceSize(cipher)).fill(7)
      const { blob, key } = sealLayer(cipher, plaintext, pairOf(2).publicKey, pairOf(1), nonce)
      expect(blob.length).toBe(plaintext.length + layerOverhead(cipher))
      const nodeKey = deriveLayerKeyAsNode(cipher, pairOf(2), pairOf(1).publicKey)
      expect(openLayer(blob, nodeKey)).toEqual(plaintext)
      expect(openLayer(sealWithLayerKey(plaintext, nodeKey, nonce), key)).toEqual(plaintext)
      const damaged = blob.slice()
      damaged[at % blob.length] = (damaged[at % blob.length] ?? 0) ^ (1 << (at % 8))
      expect(codeOf(() => openLayer(damaged, nodeKey))).toBe('onion.bad-ciphertext')
      expect(tryOpenLayer(blob, deriveLayerKeyAsNode(cipher, pairOf(3), pairOf(1).publicKey))).toBeUndefined()
    }),
    { numRuns: 30 },
  )
})

test('anything shorter than a nonce and a tag does not open', () => {
  for (const cipher of ['aes-gcm', 'xchacha20'] as const) {
    const key = { cipher, key: new SymmetricKey(new Uint8Array(32)) }
    for (let length = 0; length < layerOverhead(cipher); length++) {
      expect(tryOpenLayer(new Uint8Array(length), key)).toBeUndefined()
    }
  }
})

test('the nonce has the length of its cipher', () => {
  const key = { cipher: 'aes-gcm', key: new SymmetricKey(new Uint8Array(32)) } as const
  expect(codeOf(() => sealWithLayerKey(new Uint8Array(1), key, new Uint8Array(24)))).toBe('onion.bad-nonce')
})

test('a key of small order is refused', () => {
  expect(codeOf(() => deriveLayerKey('aes-gcm', pairOf(1), x25519PublicKey(new Uint8Array(32))))).toBe('onion.bad-key')
})

test('ciphers by name: an absent one is AES-GCM, AES-CBC and inherited names are none', () => {
  expect(parseOnionCipher(undefined)).toBe('aes-gcm')
  expect(parseOnionCipher('gcm')).toBe('aes-gcm')
  expect(parseOnionCipher('xchacha20-poly1305')).toBe('xchacha20')
  for (const name of ['aes-cbc', 'cbc', 'AES-GCM', '', 'constructor', '__proto__', null, 0, new Map()]) {
    expect(codeOf(() => parseOnionCipher(name))).toBe('onion.unknown-cipher')
  }
})
