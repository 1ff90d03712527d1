import { anyBytes, bytesOf } from '@sotto/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import network from '../../../../vectors/network.json' with { type: 'json' }
import { ed25519PublicKey } from '../../src/crypto/index.ts'
import { decodeHex, encodeHex } from '../../src/encoding/index.ts'
import {
  formatNodeAddress,
  formatSwarmId,
  MAX_SWARM_ID,
  nodeIdOf,
  nodePublicKey,
  parseNodeAddress,
  parseNodeId,
  parseSwarmId,
  parseSwarmOwner,
  swarmOwnerBytes,
  swarmOwnerOf,
  swarmOwnerPrefix,
  toSwarmId,
  tryParseNodeId,
  UNASSIGNED_SWARM,
} from '../../src/swarm/index.ts'
import { codeOf } from '../coded.ts'

test.for(network.snode_address)('address: $what', ({ pubkey, address }) => {
  expect(formatNodeAddress(decodeHex(pubkey))).toBe(address)
  expect(encodeHex(parseNodeAddress(address))).toBe(pubkey)
})

test('parsing an address undoes formatting it', () => {
  fc.assert(fc.property(bytesOf(32), key => void expect(parseNodeAddress(formatNodeAddress(key))).toEqual(key)))
})

test.for([
  '',
  '.snode',
  'y'.repeat(52),
  `${'y'.repeat(51)}.snode`,
  `${'y'.repeat(51)}0.snode`,
  `${'y'.repeat(51)}b.snode`,
])('refuses what is no address: %s', text => expect(codeOf(() => parseNodeAddress(text))).toBe('swarm.bad-address'))

test('refuses keys of other lengths for an address', () => {
  expect(codeOf(() => formatNodeAddress(new Uint8Array(33)))).toBe('swarm.bad-address')
})

test('node ids are keys in lower-case hex', () => {
  fc.assert(
    fc.property(bytesOf(32), key => {
      const id = nodeIdOf(ed25519PublicKey(key))
      expect(nodePublicKey(id)).toEqual(key)
      expect(parseNodeId(id.toUpperCase())).toBe(id)
      expect(tryParseNodeId(id.toUpperCase())).toBe(id)
    }),
  )
})

test.for(['', 'ab', 'g'.repeat(64), 'a'.repeat(65), `${'a'.repeat(63)}\n`, `${'a'.repeat(64)}\n`])(
  'refuses what is no node id: %o',
  text => {
    expect(codeOf(() => parseNodeId(text))).toBe('swarm.bad-node-id')
    expect(tryParseNodeId(text)).toBeUndefined()
  },
)

test('owners are a prefix and a key, in either case of letters', () => {
  fc.assert(
    fc.property(bytesOf(33), bytes => {
      const owner = swarmOwnerOf(bytes)
      expect(swarmOwnerBytes(owner)).toEqual(bytes)
      expect(swarmOwnerPrefix(owner)).toBe(bytes[0])
      expect(parseSwarmOwner(owner.toUpperCase())).toBe(owner)
    }),
  )
})

test('refuses what is no owner', () => {
  for (const text of ['', '05', 'x'.repeat(66), `${'0'.repeat(66)}\n`, '0'.repeat(64)]) {
    expect(codeOf(() => parseSwarmOwner(text))).toBe('swarm.bad-owner')
  }
  expect(codeOf(() => swarmOwnerOf(new Uint8Array(32)))).toBe('swarm.bad-owner')
})

test('swarm ids are hex without leading zeros', () => {
  expect(formatSwarmId(toSwarmId(0n))).toBe('0')
  expect(formatSwarmId(UNASSIGNED_SWARM)).toBe('ffffffffffffffff')
  expect(parseSwarmId('FFFFFFFFFFFFFFFE')).toBe(MAX_SWARM_ID)
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: UNASSIGNED_SWARM }), value => {
      expect(parseSwarmId(formatSwarmId(toSwarmId(value)))).toBe(value)
    }),
  )
})

test.for(['', '0x1', '-1', 'g', '1'.repeat(17), '1\n'])('refuses what is no swarm id: %o', text => {
  expect(codeOf(() => parseSwarmId(text))).toBe('swarm.bad-swarm-id')
})

test('refuses numbers that are no swarm id', () => {
  expect(codeOf(() => toSwarmId(-1n))).toBe('swarm.bad-swarm-id')
  expect(codeOf(() => toSwarmId(2n ** 64n))).toBe('swarm.bad-swarm-id')
})

test('random text is refused with a code', () => {
  fc.assert(
    fc.property(anyBytes(80), bytes => {
      const text = String.fromCharCode(...bytes)
      for (const parse of [parseNodeAddress, parseNodeId, parseSwarmOwner])
        expect(codeOf(() => parse(text))).toBeDefined()
    }),
  )
})
