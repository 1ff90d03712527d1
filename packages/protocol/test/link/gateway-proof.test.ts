import { anyInput } from '@sotto/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Ed25519KeyPair, Ed25519Seed } from '../../src/crypto/index.ts'
import { createGatewayProof, verifyGatewayProof } from '../../src/link/index.ts'

const gateway = new Ed25519KeyPair(new Ed25519Seed(new Uint8Array(32).fill(5)))
const binding = new Uint8Array(32).fill(9)
const proof = createGatewayProof(gateway, binding)

test('a proof says whose connection it is', () => {
  expect(proof).toHaveLength(96)
  expect(verifyGatewayProof(proof, binding)).toEqual(gateway.publicKey)
})

test('it is worth nothing on another connection, or changed', () => {
  expect(verifyGatewayProof(proof, new Uint8Array(32).fill(8))).toBeUndefined()
  expect(verifyGatewayProof(proof, new Uint8Array(0))).toBeUndefined()
  for (let at = 0; at < proof.length; at++) {
    const changed = proof.map((byte, place) => (place === at ? byte ^ 1 : byte))
    expect(verifyGatewayProof(changed, binding)).toBeUndefined()
  }
})

test('anything may come', () => {
  fc.assert(
    fc.property(anyInput(fc.constant(proof)), bytes => {
      const found = verifyGatewayProof(bytes, binding)
      expect(found === undefined || bytes.length === 96).toBe(true)
    }),
  )
})
