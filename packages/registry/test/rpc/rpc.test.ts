import {
  agreeOnNodes,
  answerJsonRpc,
  answerServiceNodes,
  parseJsonRpcReply,
  parseServiceNodes,
  parseServiceNodesQuery,
  RegistryError,
  resolveName,
  type ServiceNodesSource,
  verifyRegistry,
} from '@sotto/registry'
import { nonce24 } from '@sotto/protocol/crypto'
import {
  encodeHex,
  utf8Decode,
  utf8Encode,
  decodeJson,
  formatJson,
  isJsonList,
  isJsonObject,
  type Json,
  type JsonObject,
} from '@sotto/protocol/encoding'
import { nameHash, nameRequest, parseRegisteredName } from '@sotto/protocol/names'
import { toSwarmId, UNASSIGNED_SWARM } from '@sotto/protocol/swarm'
import { anyInput, seededRandom } from '@sotto/testing'
import { assert, constant, property } from 'fast-check'
import { expect, test } from 'vitest'
import { codeOf, draftNode, now, policy, signed } from '../sample.ts'

const name = parseRegisteredName('alice')
const record = { encryptedValue: new Uint8Array(49).fill(1), nonce: nonce24(new Uint8Array(24).fill(2)) }
const nodes = [
  draftNode(0, { swarmId: toSwarmId(2n ** 63n + 1n) }),
  draftNode(1, { swarmId: toSwarmId(2n ** 64n - 2n), state: 'leaving' }),
  draftNode(2, { state: 'decommissioned' }),
]
const names = new Map([[encodeHex(nameHash(name)), record]])
const { list } = verifyRegistry(signed(nodes, { names, sequence: 5n }), policy, now)
const source: ServiceNodesSource = { list, hardFork: [19, 3], random: seededRandom(5) }

const json = (text: string): Json => decodeJson(utf8Encode(text))
const ask = (params: string): JsonObject => answerServiceNodes(parseServiceNodesQuery(json(params)), source)
const statesOf = (result: JsonObject): readonly JsonObject[] => {
  const states = result.get('service_node_states')
  return isJsonList(states) ? states.filter(isJsonObject) : []
}
const keysOf = (object: JsonObject | undefined): readonly string[] => [...(object?.keys() ?? [])]

test('all fields of all nodes, swarm ids exact', () => {
  const result = ask('{}')
  expect(keysOf(result)).toEqual(['service_node_states', 'height', 'block_hash', 'hardfork', 'snode_revision'])
  const text = formatJson(result)
  expect(text).toContain('"swarm_id":9223372036854775809,"swarm":"8000000000000001"')
  expect(text).toContain('"swarm_id":18446744073709551614,"swarm":"fffffffffffffffe"')
  expect(text).toContain('"swarm_id":18446744073709551615,"swarm":"ffffffffffffffff"')
  expect(parseServiceNodes(json(text), {})).toEqual({ height: 5n, nodes: list.nodes })
})

test('fields as a list, as an object of booleans, or all of them', () => {
  for (const fields of ['["public_ip","storage_port"]', '{"storage_port":true,"public_ip":true,"swarm":false}']) {
    const result = ask(`{"fields":${fields}}`)
    expect(keysOf(result)).toEqual(['service_node_states'])
    expect(statesOf(result).map(keysOf)).toEqual(Array.from({ length: 3 }, () => ['public_ip', 'storage_port']))
  }
  expect(keysOf(ask('{"fields":["height","nonsense"]}'))).toEqual(['service_node_states', 'height'])
  expect(ask('{"fields":["all"]}')).toEqual(ask('{}'))
  expect(ask('{"fields":{}}')).toEqual(ask('{}'))
})

test('only active ones, only some, only so many', () => {
  expect(statesOf(ask('{"active_only":true}'))).toHaveLength(2)
  const wanted = nodes[1]?.ed25519 ?? ''
  const one = statesOf(ask(`{"service_node_pubkeys":["${wanted.toUpperCase()}","ff"]}`))
  expect(one.map(state => state.get('pubkey_ed25519'))).toEqual([wanted])
  expect(statesOf(ask('{"limit":2}'))).toHaveLength(2)
  expect(statesOf(ask('{"limit":0}'))).toHaveLength(3)
  const orders = new Set(Array.from({ length: 60 }, () => formatJson(ask('{"limit":-1,"fields":["public_ip"]}'))))
  expect(orders.size).toBe(6)
})

test('who has the list is told so', () => {
  const hash = encodeHex(list.hash)
  expect(formatJson(ask(`{"poll_block_hash":"${hash.toUpperCase()}"}`))).toBe('{"unchanged":true}')
  expect(ask(`{"poll_block_hash":"00"}`).get('unchanged')).toBe(false)
})

test.for([
  '[]',
  '{"fields":3}',
  '{"fields":[1]}',
  '{"fields":{"a":1}}',
  '{"active_only":1}',
  '{"limit":1.5}',
  '{"limit":-2}',
  '{"limit":"3"}',
  '{"limit":99999999999999999999}',
  '{"service_node_pubkeys":"x"}',
  '{"service_node_pubkeys":[1]}',
  '{"poll_block_hash":1}',
])('%s is no question', params => {
  expect(codeOf(() => ask(params))).toBe('registry.bad-request')
})

test('null is the same as absent', () => {
  const nothing = '{"fields":null,"active_only":null,"limit":null,"service_node_pubkeys":null,"poll_block_hash":null}'
  expect(ask(nothing)).toEqual(ask('{}'))
  expect(parseServiceNodesQuery(undefined)).toEqual(parseServiceNodesQuery(json('{}')))
})

test('names are looked up', () => {
  expect(resolveName(list, nameRequest(name).params)).toEqual(
    new Map([
      ['encrypted_value', '01'.repeat(49)],
      ['nonce', '02'.repeat(24)],
    ]),
  )
  const hash = (text: string): Json => json(`{"type":0,"name_hash":"${text}"}`)
  expect(resolveName(list, hash('00'.repeat(32)))).toEqual(new Map())
  expect(resolveName(list, hash(encodeHex(nameHash(name)))).size).toBe(2)
  for (const bad of [undefined, json('{}'), json('{"type":1}'), hash('?'), hash('AAAA'), hash('A'.repeat(99))]) {
    expect(codeOf(() => resolveName(list, bad))).toBe('registry.bad-request')
  }
})

const rpc = (body: string): string => utf8Decode(answerJsonRpc(utf8Encode(body), source))

test('JSON-RPC answers under all names, and whatever comes', () => {
  for (const method of ['get_n_service_nodes', 'get_service_nodes', 'get_all_service_nodes']) {
    const body = `{"jsonrpc":"2.0","id":"7","method":"${method}","params":{"active_only":true,"fields":["public_ip"]}}`
    expect(rpc(body)).toBe(
      '{"jsonrpc":"2.0","id":"7","result":{"service_node_states":[{"public_ip":"8.8.0.0"},{"public_ip":"8.8.0.1"}]}}',
    )
  }
  expect(rpc('{')).toBe('{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"Parse error"}}')
  expect(rpc('[]')).toContain('-32600')
  expect(rpc('{"id":1}')).toBe('{"jsonrpc":"2.0","id":1,"error":{"code":-32600,"message":"Invalid Request"}}')
  expect(rpc('{"method":"__proto__"}')).toContain('-32601')
  expect(rpc('{"method":"ons_resolve","id":{}}')).toBe(
    '{"jsonrpc":"2.0","id":null,"error":{"code":-32602,"message":"Invalid params"}}',
  )
})

test('no question breaks the answerer', () => {
  const body = utf8Encode(
    '{"jsonrpc":"2.0","id":0,"method":"get_service_nodes","params":{"fields":["swarm"],"limit":2}}',
  )
  assert(
    property(anyInput(constant(body)), input => {
      expect(utf8Decode(answerJsonRpc(input, source))).toMatch(/^\{"jsonrpc":"2.0","id":.*\}$/)
    }),
    { numRuns: 500 },
  )
})

test('no answer breaks its reader', () => {
  const body = answerJsonRpc(utf8Encode('{"method":"get_service_nodes"}'), source)
  assert(
    property(anyInput(constant(body)), input => {
      try {
        expect(parseJsonRpcReply(input, {}).nodes.length).toBeGreaterThan(0)
      } catch (error) {
        if (!(error instanceof RegistryError)) throw error
      }
    }),
    { numRuns: 500 },
  )
})

const state = statesOf(ask('{}'))[0] ?? new Map<string, Json>()
const read = (...states: readonly Json[]): unknown =>
  codeOf(() => parseServiceNodes(new Map([['service_node_states', states]]), {}))
const changed = (more: Readonly<Record<string, Json>>): JsonObject => new Map([...state, ...Object.entries(more)])

test.for([
  { public_ip: '0.0.0.0' },
  { public_ip: '10.0.0.1' },
  { public_ip: 'localhost' },
  { public_ip: null },
  { storage_port: 0 },
  { storage_port: 65536 },
  { storage_port: '1' },
  { pubkey_ed25519: 'ab' },
  { pubkey_ed25519: '' },
  { pubkey_x25519: '09'.repeat(32) },
  { swarm: 'xyz' },
  { swarm: '1' },
  { swarm: null, swarm_id: -1 },
  { swarm: null, swarm_id: 1.8446744073709552e19 },
  { funded: false },
] as const)('an entry with %o is left out', more => {
  expect(read(state)).toBe('nothing was thrown')
  expect(read(changed(more))).toBe('registry.no-nodes')
})

test('entries as other clients ask for them, without swarm, version and queue port', () => {
  const few = new Map([...state].filter(([key]) => /^(?:public_ip|storage_port|pubkey_)/.test(key)))
  expect(parseServiceNodes(new Map([['service_node_states', [few, few]]]), {})).toEqual({
    height: 0n,
    nodes: [
      {
        ...list.nodes[0],
        omqPort: 0,
        quicPort: 0,
        swarmId: UNASSIGNED_SWARM,
        state: 'active',
        version: [0, 0, 0],
        capabilities: [],
      },
    ],
  })
})

test('answers of another form', () => {
  expect(codeOf(() => parseServiceNodes(null, {}))).toBe('registry.bad-reply')
  expect(codeOf(() => parseServiceNodes(new Map(), {}))).toBe('registry.bad-reply')
  expect(read(...Array.from({ length: 10_001 }, () => 0))).toBe('registry.too-many-nodes')
  expect(codeOf(() => parseJsonRpcReply(utf8Encode('x'), {}))).toBe('registry.bad-reply')
  expect(codeOf(() => parseJsonRpcReply(new Uint8Array(8 * 1024 * 1024 + 1), {}))).toBe('registry.too-large')
})

test('agreement needs more than half', () => {
  const answer = { height: 1n, nodes: list.nodes }
  expect(codeOf(() => agreeOnNodes([answer, answer], 1, now))).toBe('registry.bad-policy')
  const agreed = agreeOnNodes([answer, { height: 9n, nodes: list.nodes.slice(1) }, { height: 4n, nodes: [] }], 2, now)
  expect(agreed.nodes.map(({ ed25519 }) => ed25519)).toEqual(
    list.nodes
      .slice(1)
      .map(({ ed25519 }) => ed25519)
      .toSorted(),
  )
  expect(agreed.number).toBe(4n)
})
