import {
  checkNodes,
  countersign,
  createRegistry,
  formatRegistryFile,
  openRegistry,
  parseRegistryFile,
  RegistryError,
  replacesRegistry,
  verifyRegistry,
} from '@sotto/registry'
import { nonce24, x25519PublicKey } from '@sotto/protocol/crypto'
import { concatBytes, encodeBencode, utf8Encode } from '@sotto/protocol/encoding'
import { parseNodeId, toSwarmId, UNASSIGNED_SWARM } from '@sotto/protocol/swarm'
import { anyInput, truncated } from '@sotto/testing'
import { assert, constant, property } from 'fast-check'
import { expect, test } from 'vitest'
import { codeOf, draft, draftNode, keyPair, now, otherSigner, policy, signed, signer } from '../sample.ts'

const open = (file: Uint8Array): unknown => openRegistry(file, policy, now)

test('a file gives back what was signed', () => {
  const names = new Map([
    ['11'.repeat(32), { encryptedValue: new Uint8Array(49).fill(7), nonce: nonce24(new Uint8Array(24).fill(9)) }],
    ['f0'.repeat(32), { encryptedValue: new Uint8Array(49).fill(8), nonce: undefined }],
  ])
  const nodes = [
    draftNode(0, { swarmId: toSwarmId(2n ** 64n - 2n), bls: new Uint8Array(64).fill(3), quicPort: 0 }),
    draftNode(1, { swarmId: toSwarmId(0n), ip: '2a00::1:0:0:5', state: 'leaving', capabilities: [] }),
    draftNode(2, { state: 'decommissioned', version: [65535, 0, 1] }),
  ]
  const original = draft(nodes, { names, validUntil: now + 1000, sequence: 2n ** 64n - 1n })
  const registry = openRegistry(formatRegistryFile(createRegistry(original, [signer])), policy, now)
  const { list, payload: _payload, nodes: read, ...header } = registry
  const { nodes: _nodes, ...expected } = original
  expect(header).toEqual(expected)
  expect(read.map(({ x25519: _key, ...node }) => node)).toEqual([
    nodes[0],
    nodes[1],
    { ...nodes[2], swarmId: UNASSIGNED_SWARM },
  ])
  expect(list).toMatchObject({ number: 2n ** 64n - 1n, timestamp: now, nodes: read, names })
  expect(list.hash).toHaveLength(32)
})

test('swarms are worked out where none are given, the same for every reader', () => {
  const { list } = verifyRegistry(signed(40), policy, now)
  const again = verifyRegistry(signed(40, { sequence: 9n }), policy, now)
  const ids = new Set(list.nodes.map(({ swarmId }) => swarmId))
  expect(ids.size).toBe(5)
  expect(ids).toContain(13835058055282163711n)
  expect(again.list.nodes.map(({ swarmId }) => swarmId)).toEqual(list.nodes.map(({ swarmId }) => swarmId))
})

test('every prefix of a file is refused', () => {
  const file = formatRegistryFile(signed(2))
  for (let length = 0; length < file.length - 1; length++)
    expect(() => open(truncated(file, length))).toThrow(RegistryError)
})

test('no input makes the reader do anything but refuse', () => {
  const file = formatRegistryFile(signed(2))
  const survives = (input: Uint8Array): void => {
    try {
      open(input)
    } catch (error) {
      expect(error).toBeInstanceOf(RegistryError)
    }
  }
  assert(property(anyInput(constant(file)), survives), { numRuns: 1000 })
})

test('no payload makes the reader do anything but refuse, even when it is signed', () => {
  const { payload } = signed(2)
  const survives = (input: Uint8Array): void => {
    try {
      verifyRegistry(countersign({ payload: input, signatures: [] }, signer), policy, now)
    } catch (error) {
      expect(error).toBeInstanceOf(RegistryError)
    }
  }
  assert(property(anyInput(constant(payload)), survives), { numRuns: 1000 })
})

test('signatures count once for each trusted key, and a wrong one condemns the file', () => {
  const one = signed(2)
  const two = countersign(one, otherSigner)
  const both = { trustedKeys: [signer.publicKey, otherSigner.publicKey], requiredSignatures: 2 }
  const twice = { ...one, signatures: [...one.signatures, ...one.signatures] }
  expect(verifyRegistry(two, both, now).list.nodes).toHaveLength(2)
  expect(codeOf(() => verifyRegistry(one, both, now))).toBe('registry.too-few-signatures')
  expect(codeOf(() => verifyRegistry(twice, both, now))).toBe('registry.too-few-signatures')
  expect(codeOf(() => verifyRegistry(one, { trustedKeys: [otherSigner.publicKey] }, now))).toBe(
    'registry.too-few-signatures',
  )
  const forged = one.signatures.map(each => ({ ...each, key: otherSigner.publicKey }))
  const mixed = { ...one, signatures: [...one.signatures, ...forged] }
  expect(codeOf(() => verifyRegistry(mixed, { ...both, requiredSignatures: 1 }, now))).toBe('registry.bad-signature')
  expect(verifyRegistry(mixed, policy, now).list.nodes).toHaveLength(2)
  expect(countersign(two, signer).signatures).toHaveLength(2)
})

test('a list can ask for more signatures than the settings, not for fewer', () => {
  const registry = signed(2, { requiredSignatures: 2 })
  const both = { trustedKeys: [signer.publicKey, otherSigner.publicKey] }
  expect(codeOf(() => verifyRegistry(registry, both, now))).toBe('registry.too-few-signatures')
  expect(verifyRegistry(countersign(registry, otherSigner), both, now).requiredSignatures).toBe(2)
})

test('keys are rotated by signing with the old and the new one', () => {
  const rotating = countersign(signed(2), otherSigner)
  for (const key of [signer, otherSigner]) {
    expect(verifyRegistry(rotating, { trustedKeys: [key.publicKey] }, now).networkId).toBe('test')
  }
})

test('settings that nobody can meet are refused', () => {
  for (const requiredSignatures of [0, 2, 1.5]) {
    expect(codeOf(() => verifyRegistry(signed(1), { ...policy, requiredSignatures }, now))).toBe('registry.bad-policy')
  }
  const twice = { trustedKeys: [signer.publicKey, signer.publicKey], requiredSignatures: 2 }
  expect(codeOf(() => verifyRegistry(signed(1), twice, now))).toBe('registry.bad-policy')
})

test('old lists and those of the future are refused', () => {
  const code = (more: object, rules: object = {}): unknown =>
    codeOf(() => verifyRegistry(signed(1, more), { ...policy, ...rules }, now))
  expect(code({ createdAt: now + 60_000 })).toBe('nothing was thrown')
  expect(code({ createdAt: now + 60_000 }, { clockToleranceMs: 30_000 })).toBe('registry.from-future')
  expect(code({ createdAt: now + 90_000_000 })).toBe('registry.from-future')
  expect(code({ validUntil: now })).toBe('registry.expired')
  expect(code({ validUntil: now + 1000 })).toBe('nothing was thrown')
  expect(code({ createdAt: now - 5000 }, { maxAgeMs: 4000 })).toBe('registry.expired')
  expect(code({}, { networkId: 'other' })).toBe('registry.other-network')
})

test('only a higher number of the same network takes the place of a list', () => {
  const verified = (more: object): ReturnType<typeof verifyRegistry> => verifyRegistry(signed(2, more), policy, now)
  const current = verified({ sequence: 5n })
  expect(replacesRegistry(current, verified({ sequence: 6n }))).toBe(true)
  expect(replacesRegistry(current, verified({ sequence: 5n }))).toBe(false)
  expect(codeOf(() => replacesRegistry(current, verified({ sequence: 4n })))).toBe('registry.not-newer')
  expect(codeOf(() => replacesRegistry(current, verified({ sequence: 5n, createdAt: now - 1000 })))).toBe(
    'registry.not-newer',
  )
  expect(codeOf(() => replacesRegistry(current, verified({ sequence: 6n, networkId: 'x' })))).toBe(
    'registry.other-network',
  )
})

test.for([
  ['registry.no-nodes', []],
  ['registry.duplicate-node', [draftNode(1), draftNode(1, { ip: '8.8.8.8' })]],
  ['registry.duplicate-address', [draftNode(1, { ip: '8.8.8.8' }), draftNode(2, { ip: '8.8.8.8' })]],
  ['registry.duplicate-address', [draftNode(1, { ip: '2a00::0:1' }), draftNode(2, { ip: '2a00::1' })]],
  ['registry.bad-port', [draftNode(1, { httpsPort: 0 })]],
  ['registry.bad-port', [draftNode(1, { httpsPort: 65536 })]],
  ['registry.bad-port', [draftNode(1, { omqPort: -1 })]],
  ['registry.bad-port', [draftNode(1, { quicPort: 1.5 })]],
  ['registry.bad-key', [draftNode(1, { ed25519: parseNodeId('02'.padEnd(64, '0')) })]],
  ['registry.wrong-x25519', [draftNode(1, { x25519: x25519PublicKey(new Uint8Array(32).fill(9)) })]],
  ['registry.bad-swarm', [draftNode(1, { swarmId: toSwarmId(1n) }), draftNode(2)]],
  ['registry.bad-swarm', [draftNode(1, { swarmId: UNASSIGNED_SWARM })]],
  ['registry.bad-swarm', [draftNode(1), draftNode(2, { state: 'decommissioned', swarmId: toSwarmId(1n) })]],
  ...[
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '240.0.0.1',
    '192.0.2.1',
    '::',
    '::ffff:8.8.8.8',
    '2002::1',
    'x',
    '',
  ].map(ip => ['registry.bad-address', [draftNode(1, { ip })]] as const),
  ...[
    '127.0.0.1',
    '10.1.2.3',
    '100.64.0.1',
    '169.254.169.254',
    '172.31.0.1',
    '192.168.1.1',
    '::1',
    'fd00::1',
    'fe80::1',
  ].map(ip => ['registry.local-address', [draftNode(1, { ip })]] as const),
] as const)('%s', ([code, nodes]) => {
  expect(codeOf(() => checkNodes(nodes, {}))).toBe(code)
  expect(codeOf(() => createRegistry(draft(nodes), [signer]))).toBe(code)
})

test('local addresses are a matter of the settings, whatever the file says', () => {
  const registry = signed([draftNode(1, { ip: '127.0.0.1' })], { parameters: new Map([['allowLocal', 1n]]) })
  expect(codeOf(() => verifyRegistry(registry, policy, now))).toBe('registry.local-address')
  expect(verifyRegistry(registry, { ...policy, allowLocal: true }, now).nodes[0]?.ip).toBe('127.0.0.1')
})

test('files of another form', () => {
  const file = (text: string): unknown => codeOf(() => parseRegistryFile(utf8Encode(text)))
  expect(file('{')).toBe('registry.bad-file')
  expect(file('[]')).toBe('registry.bad-file')
  expect(file('{"format":"sotto-static-registry","version":2}')).toBe('registry.unknown-version')
  expect(file('{"format":"sotto-static-registry","version":1,"signatures":[1]}')).toBe('registry.bad-file')
  expect(codeOf(() => parseRegistryFile(new Uint8Array(8 * 1024 * 1024 + 1)))).toBe('registry.too-large')
  const many = Array.from({ length: 65 }, () => '{"key":"","sig":""}').join(',')
  expect(file(`{"format":"sotto-static-registry","version":1,"payload":"","signatures":[${many}]}`)).toBe(
    'registry.bad-file',
  )
})

test('payloads of another form', () => {
  const code = (payload: Uint8Array): unknown =>
    codeOf(() => verifyRegistry(countersign({ payload, signatures: [] }, signer), policy, now))
  const { payload } = signed(1)
  expect(code(concatBytes(payload, payload))).toBe('registry.bad-payload')
  expect(code(encodeBencode(new Map([['v', 2]])))).toBe('registry.unknown-version')
  expect(code(encodeBencode(new Map([['v', 1]])))).toBe('registry.bad-payload')
  const entry = (value: unknown): Uint8Array =>
    encodeBencode(new Map<string, never>(Object.entries({ ...payloadFields, k: [value] }) as [string, never][]))
  const key = keyPair(1).publicKey
  const good = [1, key, '', 0, '', Uint8Array.of(8, 8, 8, 8), 1, 1, 1, [1, 2, 3]]
  expect(code(entry(good))).toBe('nothing was thrown')
  expect(code(entry([2, ...good.slice(1)]))).toBe('registry.bad-entry')
  expect(code(entry(good.slice(0, 9)))).toBe('registry.bad-entry')
  expect(code(entry(good.with(5, 'abc')))).toBe('registry.bad-entry')
  expect(code(entry(good.with(2, 'abc')))).toBe('registry.bad-entry')
  expect(code(entry(good.with(9, [1, 2])))).toBe('registry.bad-entry')
  expect(code(entry([...good, Array.from({ length: 33 }, () => 'a')]))).toBe('registry.bad-entry')
  expect(code(entry([...good, [], 'of a later form']))).toBe('nothing was thrown')
  const many = Array.from({ length: 10_001 }, () => 0)
  expect(
    code(encodeBencode(new Map<string, never>(Object.entries({ ...payloadFields, k: many }) as [string, never][]))),
  ).toBe('registry.too-many-nodes')
})

const payloadFields = { c: 1, n: 'test', q: 1, s: 1, u: 0, v: 1 }

test('names of the wrong length are refused', () => {
  const name = (hash: string, length: number): unknown =>
    codeOf(() => signed(1, { names: new Map([[hash, { encryptedValue: new Uint8Array(length), nonce: undefined }]]) }))
  expect(name('ab'.repeat(31), 49)).toBe('registry.bad-name')
  expect(name('ab'.repeat(32), 48)).toBe('registry.bad-name')
  expect(name('ab'.repeat(32), 49)).toBe('nothing was thrown')
})

test('two thousand nodes', () => {
  const registry = verifyRegistry(parseRegistryFile(formatRegistryFile(signed(2000))), policy, now)
  expect(registry.nodes).toHaveLength(2000)
})
