import { anyInput } from '@sotto/testing'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import network from '../../../../vectors/network.json' with { type: 'json' }
import { Ed25519KeyPair, Ed25519Seed, x25519PublicKey } from '../../src/crypto/index.ts'
import { decodeHex, encodeBase64, encodeHex, utf8Decode, utf8Encode, type Json } from '../../src/encoding/index.ts'
import {
  type ActiveNode,
  decodeActiveNodes,
  encodeActiveNodes,
  encodeOutcome,
  errorReply,
  failedReply,
  formatOutcome,
  formatStoredMessage,
  type GetSwarmReply,
  hashMessage,
  type MemberReply,
  type MemberResults,
  type Outcome,
  parseOutcome,
  type RecursiveMethod,
  type RecursiveReply,
  type Replied,
  signMemberResult,
  sortHashes,
  StorageError,
  type StorageRequest,
  toNamespace,
  verifyMembers,
} from '../../src/storage/index.ts'
import { type NodeId, nodeIdOf, parseNodeId, toSwarmId, UNASSIGNED_SWARM } from '../../src/swarm/index.ts'
import { codeOf } from '../coded.ts'
import { asGroup, group, hashes, json, keys, now, parsed, token, user } from './fixtures.ts'
import { info, sign, simpleRequests, storeParams } from './samples.ts'

const stamp = { t: now, hardFork: [19, 4] as const }
const node = nodeIdOf(keys.node.publicKey)
const peerKeys = new Ed25519KeyPair(new Ed25519Seed(new Uint8Array(32).fill(7)))
const peer = nodeIdOf(peerKeys.publicKey)
const others = ['1', '2', '3', '4'].map(digit => parseNodeId(digit.repeat(64)))

const swarmReply: GetSwarmReply = {
  swarm: toSwarmId(2n ** 63n + 1n),
  nodes: [
    {
      id: node,
      legacyKey: new Uint8Array(32).fill(9),
      x25519Key: x25519PublicKey(new Uint8Array(32).fill(8)),
      ip: '10.2.3.255',
      httpsPort: 22021,
      omqPort: 22020,
    },
    {
      id: peer,
      legacyKey: new Uint8Array(32),
      x25519Key: x25519PublicKey(new Uint8Array(32)),
      ip: undefined,
      httpsPort: 1,
      omqPort: 2,
    },
  ],
  ...stamp,
}

/** A reply in which two members are done and the others failed in every way there is. */
function swarmOf<M extends RecursiveMethod>(
  request: StorageRequest<M>,
  result: MemberResults[M],
): ReadonlyMap<NodeId, MemberReply<MemberResults[M]>> {
  const failures = [
    { kind: 'timeout' },
    { kind: 'refused', status: 421, reason: 'wrong swarm' },
    { kind: 'bad-peer-response' },
    { kind: 'query-failure', reason: 'full' },
  ] as const
  return new Map<NodeId, MemberReply<MemberResults[M]>>([
    [node, { kind: 'done', result, signature: signMemberResult(request, result, keys.node) }],
    [peer, { kind: 'done', result, signature: signMemberResult(request, result, peerKeys) }],
    ...failures.map((failure, at) => [others[at] ?? node, { kind: 'failed', failure }] as const),
  ])
}

const store = sign('store', storeParams)
const hash = hashMessage(storeParams.owner, storeParams.namespace, storeParams.data)
const [first, second] = sortHashes(hashes)
const byNamespace = new Map([
  [toNamespace(-11), [first ?? hash]],
  [toNamespace(0), [second ?? hash]],
])
const deleteAll = sign('delete_all', { owner: user, namespace: 'all', timestamp: now })
const deleteOne = sign('delete_all', { owner: user, namespace: toNamespace(0), timestamp: now })
const deleteBefore = sign('delete_before', { owner: user, namespace: 'all', before: now })
const expireAll = sign('expire_all', { owner: user, namespace: 'all', expiry: now })
const deletion = sign('delete', { owner: user, messages: hashes, required: true })
const expire = sign('expire', { owner: user, messages: hashes, expiries: [now], mode: 'extend' })
const expireEach = sign('expire', { owner: user, messages: hashes, expiries: [now, now + 1] })
const revoke = sign('revoke_subaccount', { owner: group, tokens: [token], timestamp: now }, asGroup)
const unrevoke = sign('unrevoke_subaccount', { owner: group, tokens: [token], timestamp: now }, asGroup)
const retrieve = sign('retrieve', { owner: user, namespace: toNamespace(0), timestamp: now })
const activeNode: ActiveNode = {
  id: node,
  swarm: toSwarmId(5n),
  contact: { ip: '1.2.3.4', httpsPort: 22021, omqPort: 22020, version: [2, 11, 3] },
}

/** A request, and the reply of its method. */
function reply<M extends StorageRequest['method']>(
  request: StorageRequest<M>,
  body: Replied<M>['reply'],
  status = 200,
): readonly [StorageRequest, Outcome] {
  const outcome = { kind: 'reply', method: request.method, status, reply: body }
  return [request as unknown as StorageRequest, outcome as unknown as Outcome]
}

const messages = [
  { hash: hashes[0], timestamp: now, expiry: now + 1, data: Uint8Array.of(1, 2, 3) },
  { hash: hashes[1], timestamp: now, expiry: now + 2, data: new Uint8Array() },
]
const simple: readonly (readonly [StorageRequest, Outcome])[] = [
  reply(store, { swarm: swarmOf(store, { hash, expiry: now, already: true }), ...stamp }),
  reply(store, { swarm: swarmOf(store, { hash, expiry: now, already: false }), ...stamp }, 500),
  reply(deletion, { swarm: swarmOf(deletion, { deleted: sortHashes(hashes) }), ...stamp }),
  reply(deletion, { swarm: swarmOf(deletion, { deleted: [] }), ...stamp }, 404),
  reply(deleteAll, { swarm: swarmOf(deleteAll, { deleted: byNamespace }), ...stamp }),
  reply(deleteOne, { swarm: swarmOf(deleteOne, { deleted: sortHashes(hashes) }), ...stamp }),
  reply(deleteBefore, { swarm: swarmOf(deleteBefore, { deleted: byNamespace }), ...stamp }),
  reply(expireAll, { swarm: swarmOf(expireAll, { updated: byNamespace }), ...stamp }),
  reply(expire, {
    swarm: swarmOf(expire, { expiry: now, updated: [hashes[0]], unchanged: new Map([[hashes[1], now + 5]]) }),
    ...stamp,
  }),
  reply(expireEach, { swarm: swarmOf(expireEach, { expiry: [now], updated: [hashes[0]] }), ...stamp }),
  reply(revoke, { swarm: swarmOf(revoke, {}), ...stamp }),
  reply(unrevoke, { swarm: swarmOf(unrevoke, { count: 1 }), ...stamp }),
  reply(retrieve, { messages, more: true, ...stamp }),
  reply(retrieve, { messages: [], more: false, reset: true, ...stamp }),
  reply(sign('get_expiries', { owner: user, messages: hashes, timestamp: now }), {
    expiries: new Map([[hashes[0], now]]),
  }),
  reply({ method: 'get_swarm', params: { owner: user } }, swarmReply),
  reply({ method: 'get_swarm', params: { owner: user } }, { swarm: UNASSIGNED_SWARM, nodes: [], ...stamp }),
  reply(info, { version: [2, 8, 0], timestamp: now, capabilities: ['held_retrieve.1'], ...stamp }),
  reply(info, { version: [2, 8, 0], timestamp: now, capabilities: [], ...stamp }),
  reply(
    { method: 'oxend_request', params: { endpoint: 'get_service_nodes' } },
    { result: new Map<string, Json>([['swarm_id', 2n ** 64n - 1n]]), ...stamp },
  ),
  reply({ method: 'active_nodes_bin', params: {} }, { nodes: [activeNode, { ...activeNode, contact: undefined }] }),
  [info, { kind: 'refused', status: 503, text: 'Service node is not ready: syncing' }],
  [retrieve, { kind: 'wrong-swarm', swarm: swarmReply }],
]
const inner = simple.filter(([{ method }]) => method !== 'active_nodes_bin').slice(-20)
const outcomes: readonly (readonly [StorageRequest, Outcome])[] = [
  ...simple,
  reply(
    { method: 'batch', params: { requests: inner.map(([request]) => request) } },
    { results: inner.map(([, outcome]) => outcome) },
  ),
  reply(
    { method: 'sequence', params: { requests: [info, info] } },
    { results: [{ kind: 'refused', status: 400, text: 'no' }] },
  ),
  reply(
    { method: 'ifelse', params: { condition: { heightBefore: 5 }, ifFalse: info } },
    {
      hardFork: [19, 3],
      version: [2, 8, 0],
      height: 9,
      condition: false,
      result: { kind: 'refused', status: 500, text: 'x' },
    },
  ),
  reply(
    { method: 'ifelse', params: { condition: { heightBefore: 5 }, ifFalse: info } },
    { hardFork: [19, 3], version: [2, 8, 0], height: 1, condition: true },
  ),
  reply(
    {
      method: 'held_retrieve',
      params: {
        holdMs: 5,
        delayMs: 0,
        pad: true,
        entries: [
          { kind: 'retrieve', params: retrieve.params },
          { kind: 'retrieve', params: retrieve.params },
        ],
      },
    },
    {
      results: [
        { kind: 'reply', method: 'retrieve', status: 200, reply: { messages, more: false, reset: true } },
        { kind: 'wrong-swarm', swarm: swarmReply },
      ],
      why: 'new',
      heldMs: 1234,
      nextMs: 0,
      ...stamp,
    },
  ),
]

describe.for(['json', 'bencode'] as const)('in %s', encoding => {
  test.for(outcomes.map(([request, outcome], at) => [`${request.method} ${at}`, request, outcome] as const))(
    'parsing undoes encoding: %s',
    ([, request, outcome]) => {
      const { status, body } = encodeOutcome(outcome, encoding)
      expect(parseOutcome(request, status, body, encoding)).toEqual(outcome)
    },
  )

  test('hostile bytes give an outcome or a coded error', () => {
    const encoded = outcomes.map(([request, outcome]) => ({ request, ...encodeOutcome(outcome, encoding) }))
    const inputs = fc
      .constantFrom(...encoded)
      .chain(({ request, status, body }) => anyInput(fc.constant(body)).map(bytes => ({ request, status, bytes })))
    fc.assert(
      fc.property(inputs, ({ request, status, bytes }) => {
        expect(codeOf(() => parseOutcome(request, status, bytes, encoding)) ?? 'storage.none').toMatch(/^storage\./)
      }),
      { numRuns: 1000 },
    )
  })
})

test('as text an outcome is what it is as bytes', () => {
  const texts: Outcome[] = [{ kind: 'refused', status: 401, text: 'no' }, ...outcomes.map(([, outcome]) => outcome)]
  for (const outcome of texts) {
    const { status, kind, body } = encodeOutcome(outcome, 'json')
    expect(formatOutcome(outcome)).toEqual({ status, kind, body: kind === 'bytes' ? body : utf8Decode(body) })
  }
})

describe('what is written', () => {
  const written = (outcome: Outcome): unknown => parsed(encodeOutcome(outcome, 'json').body)
  const [storedRequest, stored] = outcomes[0] ?? [info, undefined]
  const [, failed] = outcomes[1] ?? []

  test('a store', () => {
    expect(storedRequest.method).toBe('store')
    expect(stored && written(stored)).toMatchObject({
      hash,
      t: now,
      hf: [19, 4],
      swarm: {
        [node]: { hash, expiry: now, already: true, signature: expect.any(String) },
        [others[0] ?? '']: { failed: true, timeout: true },
        [others[1] ?? '']: { failed: true, code: '421', reason: 'wrong swarm' },
        [others[2] ?? '']: { failed: true, bad_peer_response: true },
        [others[3] ?? '']: { failed: true, query_failure: true, reason: 'full' },
      },
    })
    expect(failed && written(failed)).not.toMatchObject({ swarm: { [node]: { already: expect.anything() } } })
  })

  test('a swarm', () => {
    expect(written({ kind: 'wrong-swarm', swarm: swarmReply })).toEqual({
      snodes: [
        {
          address: expect.stringMatching(/^[a-z0-9]{52}\.snode$/),
          pubkey_legacy: '09'.repeat(32),
          pubkey_x25519: '08'.repeat(32),
          pubkey_ed25519: node,
          port: '22021',
          port_https: 22021,
          port_omq: 22020,
          port_quic: 22020,
          ip: '10.2.3.255',
        },
        expect.objectContaining({ ip: '0.0.0.0' }),
      ],
      swarm: '8000000000000001',
      t: now,
      hf: [19, 4],
    })
  })

  test('capabilities are left out by a node that has none', () => {
    const outcome = (capabilities: readonly string[]): Outcome => ({
      kind: 'reply',
      method: 'info',
      status: 200,
      reply: { version: [2, 8, 0], timestamp: now, capabilities, ...stamp },
    })
    expect(written(outcome([]))).toEqual({ version: [2, 8, 0], timestamp: now, t: now, hf: [19, 4] })
    expect(written(outcome(['held_retrieve.1']))).toMatchObject({ capabilities: ['held_retrieve.1'] })
  })

  test('texts are plain, and bytes are bytes', () => {
    expect(encodeOutcome({ kind: 'refused', status: 401, text: 'no' }, 'bencode')).toEqual({
      status: 401,
      kind: 'text',
      body: utf8Encode('no'),
    })
    const nodes = { kind: 'reply', method: 'active_nodes_bin', status: 200, reply: { nodes: [activeNode] } } as const
    expect(encodeOutcome(nodes, 'json')).toEqual({ status: 200, kind: 'bytes', body: encodeActiveNodes([activeNode]) })
    expect(formatOutcome(nodes)).toEqual(encodeOutcome(nodes, 'json'))
    const batch = { kind: 'reply', method: 'batch', status: 200, reply: { results: [nodes] } } as const
    expect(written(batch)).toEqual({ results: [{ code: 200, body: expect.stringMatching(/^[A-Za-z0-9+/]{68}$/) }] })
  })
})

describe('what is read', () => {
  const parse = (request: StorageRequest, status: number, body: unknown): Outcome =>
    parseOutcome(request, status, json(body))

  test('members that talk nonsense do not spoil the others, and what is no node is no member', () => {
    const outcome = parse(store, 200, {
      swarm: {
        [node.toUpperCase()]: { hash, signature: 'A'.repeat(86), expiry: now, already: 1, t: now },
        [peer]: { hash: 'x' },
        [others[0] ?? '']: 5,
        [others[1] ?? '']: { failed: true },
        [others[2] ?? '']: { failed: true, code: 'abc' },
        [others[3] ?? '']: { failed: 1, code: 503 },
        x: { failed: true, timeout: true },
        __proto__: { failed: true },
      },
    })
    if (outcome.kind !== 'reply' || outcome.method !== 'store') throw new Error('another outcome')
    const malformed = { kind: 'failed', failure: { kind: 'malformed' } }
    expect(outcome.reply).toEqual({
      swarm: new Map<string, unknown>([
        [node, { kind: 'done', result: { hash, expiry: now, already: true }, signature: new Uint8Array(64) }],
        [peer, malformed],
        [others[0] ?? '', malformed],
        [others[1] ?? '', malformed],
        [others[2] ?? '', malformed],
        [others[3] ?? '', { kind: 'failed', failure: { kind: 'refused', status: 503, reason: '' } }],
      ]),
    })
  })

  test('crowds of members are refused', () => {
    const members = Array.from({ length: 129 }, (_, at) => [at.toString(16).padStart(64, '0'), { failed: true }])
    expect(codeOf(() => parse(store, 200, { swarm: Object.fromEntries(members) }))).toBe('storage.too-many')
  })

  test('a refusal can have any body, and long ones are cut', () => {
    expect(parseOutcome(store, 500, utf8Encode('request failed'))).toEqual({
      kind: 'refused',
      status: 500,
      text: 'request failed',
    })
    expect(parseOutcome(store, 503, Uint8Array.of(0xff))).toEqual({ kind: 'refused', status: 503, text: '\ufffd' })
    expect(parse(store, 400, { a: 1 })).toEqual({ kind: 'refused', status: 400, text: '' })
    expect(parse(info, 400, 'x'.repeat(5000))).toMatchObject({ text: 'x'.repeat(1000) })
    expect(parse(info, 204, {})).toEqual({ kind: 'refused', status: 204, text: '' })
  })

  test('421 is understood whatever its body', () => {
    expect(parse(retrieve, 421, 'no')).toEqual({ kind: 'wrong-swarm', swarm: undefined })
    expect(parse(retrieve, 421, { snodes: 5, swarm: '1' })).toEqual({ kind: 'wrong-swarm', swarm: undefined })
    expect(parse(retrieve, 421, { snodes: [{ ip: '1.2.3.4' }, 7], swarm: '1f' })).toEqual({
      kind: 'wrong-swarm',
      swarm: { swarm: 0x1fn, nodes: [] },
    })
  })

  test.for([
    [info, { version: [2, 8] }],
    [info, { version: ['2', 8, 0] }],
    [info, {}],
    [info, []],
    [retrieve, { messages: {} }],
    [retrieve, { messages: [{ hash: hashes[0], timestamp: 1, expiration: 1 }] }],
    [retrieve, { messages: [{ hash: hashes[0], timestamp: 1, expiration: 2 ** 60, data: '' }] }],
    [retrieve, { messages: [], t: -1 }],
    [retrieve, { messages: [], hf: [1] }],
    [deleteAll, { swarm: [] }],
    [
      { method: 'get_swarm', params: { owner: user } },
      { snodes: [], swarm: '0x1' },
    ],
    [{ method: 'batch', params: { requests: [info] } }, { results: [{ code: 200, body: {} }] }],
    [{ method: 'batch', params: { requests: [info] } }, { results: [{ code: 5, body: '' }] }],
    [
      { method: 'batch', params: { requests: [info] } },
      {
        results: [
          { code: 404, body: '' },
          { code: 404, body: '' },
        ],
      },
    ],
  ] as const)('a reply that is none: %j %j', ([request, body]) => {
    expect(codeOf(() => parse(request, 200, body))).toMatch(/^storage\.(bad-field|missing-field|too-many)$/)
  })

  test('what is no JSON or too long is no reply', () => {
    expect(codeOf(() => parseOutcome(info, 200, utf8Encode('ok')))).toBe('storage.bad-reply')
    expect(codeOf(() => parseOutcome(info, 200, utf8Encode('ok'), 'bencode'))).toBe('storage.bad-reply')
    expect(codeOf(() => parseOutcome(info, 200, new Uint8Array(10_485_761)))).toBe('storage.bad-reply')
  })

  test('many, long and unknown capabilities do no harm', () => {
    const capabilities = ['a', 'b'.repeat(65), ...Array.from({ length: 100 }, (_, at) => `c${at}`)]
    const outcome = parse(info, 200, { version: [2, 8, 0], capabilities })
    expect(outcome).toMatchObject({ reply: { capabilities: ['a', ...capabilities.slice(2, 64)] } })
  })

  test('an answer to a held retrieve has one result for each entry', () => {
    const params = {
      holdMs: 5,
      delayMs: 0,
      pad: true,
      entries: [{ kind: 'retrieve', params: retrieve.params }],
    } as const
    const request: StorageRequest = { method: 'held_retrieve', params }
    const result = { code: 200, body: { messages: [] } }
    const body = { results: [result], why: 'time', held: 5, next: 0 }
    expect(codeOf(() => parse(request, 200, body))).toBeUndefined()
    expect(codeOf(() => parse(request, 200, { ...body, results: [] }))).toBe('storage.too-few')
    expect(codeOf(() => parse(request, 200, { ...body, results: [result, result] }))).toBe('storage.too-many')
    expect(codeOf(() => parse(request, 200, { ...body, why: 'toString' }))).toBe('storage.bad-field')
    expect(parseOutcome(request, 400, utf8Encode('no method held_retrieve'))).toMatchObject({ status: 400 })
  })
})

describe('signatures of members', () => {
  const recursive = simple.flatMap(([request, outcome], at) =>
    outcome.kind === 'reply' && 'swarm' in outcome.reply && request.method !== 'get_swarm'
      ? [[`${request.method} ${at}`, request, outcome.reply] as const]
      : [],
  )

  test.for(recursive)('are looked at one by one: %s', ([, request, reply]) => {
    const asked = request as StorageRequest<RecursiveMethod>
    const verdicts = verifyMembers(asked, reply as RecursiveReply<MemberResults[RecursiveMethod]>)
    const kinds = ['confirmed', 'confirmed', 'failed', 'failed', 'failed', 'failed']
    expect([...verdicts.values()].map(({ kind }) => kind)).toEqual(kinds)
  })

  test('all eight methods that need them were tried', () => {
    expect(new Set(recursive.map(([, { method }]) => method)).size).toBe(8)
  })

  test('of another node or for another result are bad', () => {
    const result = { hash, already: false }
    const done = (by: Ed25519KeyPair): MemberReply<MemberResults['store']> => ({
      kind: 'done',
      result,
      signature: signMemberResult(store, result, by),
    })
    const swarm = new Map([
      [node, done(peerKeys)],
      [peer, done(peerKeys)],
      [parseNodeId('0'.repeat(64)), done(keys.node)],
    ])
    expect([...verifyMembers(store, { swarm }).values()].map(({ kind }) => kind)).toEqual([
      'bad-signature',
      'confirmed',
      'bad-signature',
    ])
  })

  test('a true signature over the hash of something else is bad', () => {
    const result = { hash: hashes[0], already: false }
    const signature = signMemberResult(store, result, keys.node)
    const swarm = new Map([[node, { kind: 'done', result, signature } as const]])
    expect(verifyMembers(store, { swarm }).get(node)).toEqual({ kind: 'bad-signature' })
  })

  test('a changed result is bad', () => {
    const signature = signMemberResult(expire, { expiry: now, updated: [hashes[0]] }, keys.node)
    const result = { expiry: now + 1, updated: [hashes[0]] }
    const swarm = new Map([[node, { kind: 'done', result, signature } as const]])
    expect(verifyMembers(expire, { swarm }).get(node)).toEqual({ kind: 'bad-signature' })
  })
})

describe('active nodes', () => {
  const vector = network.bencoded.find(({ fields }) => fields !== undefined)

  test('the known record', () => {
    const bytes = decodeHex(vector?.hex ?? '')
    const nodes = decodeActiveNodes(bytes)
    expect(nodes).toEqual([
      {
        id: vector?.fields?.ed25519,
        swarm: BigInt(vector?.fields?.swarm_id ?? ''),
        contact: { ip: vector?.fields?.ip, httpsPort: 22021, omqPort: 22020, version: [2, 11, 3] },
      },
    ])
    expect(encodeHex(encodeActiveNodes(nodes))).toBe(vector?.hex)
  })

  test('are whole records', () => {
    const bytes = encodeActiveNodes([activeNode, activeNode])
    for (let end = 0; end < bytes.length; end++) {
      expect(codeOf(() => decodeActiveNodes(bytes.subarray(0, end)))).toBe(
        end % 51 === 0 ? undefined : 'storage.bad-record',
      )
    }
  })

  test('are understood raw and in base64', () => {
    const request: StorageRequest<'active_nodes_bin'> = { method: 'active_nodes_bin', params: {} }
    const nodes = [activeNode, activeNode, activeNode]
    const raw = encodeActiveNodes(nodes)
    const text = utf8Encode(btoaOf(raw))
    for (const body of [raw, text]) expect(parseOutcome(request, 200, body)).toMatchObject({ reply: { nodes } })
    expect(parseOutcome(request, 200, new Uint8Array())).toMatchObject({ reply: { nodes: [] } })
    expect(codeOf(() => parseOutcome(request, 200, utf8Encode('A')))).toBe('storage.bad-field')
    expect(codeOf(() => parseOutcome(request, 200, utf8Encode('AAAA')))).toBe('storage.bad-record')
  })

  test('parts of a version past 255 are 255, and only IPv4 can be written', () => {
    const contact = { ip: '1.2.3.4', httpsPort: 1, omqPort: 2, version: [2, 300, 0] as const }
    const [read] = decodeActiveNodes(encodeActiveNodes([{ ...activeNode, contact }]))
    expect(read?.contact?.version).toEqual([2, 255, 0])
    for (const ip of ['', '1.2.3', '1.2.3.4.5', '1.2.3.256', '01.2.3.4', '1.2.3.4\n', '::1', '1..2.3']) {
      expect(codeOf(() => encodeActiveNodes([{ ...activeNode, contact: { ...contact, ip } }]))).toBe(
        'storage.bad-record',
      )
    }
  })

  function btoaOf(bytes: Uint8Array): string {
    const outcome = {
      kind: 'reply',
      method: 'active_nodes_bin',
      status: 200,
      reply: { nodes: decodeActiveNodes(bytes) },
    } as const
    const batch = encodeOutcome({ kind: 'reply', method: 'batch', status: 200, reply: { results: [outcome] } }, 'json')
    return /"body":"([^"]*)"/.exec(utf8Decode(batch.body))?.[1] ?? ''
  }
})

describe('refusals', () => {
  test.for([
    ['storage.invalid-json', '', 400, 'invalid json'],
    ['storage.no-method', '', 400, 'invalid json: no `method` field'],
    ['storage.no-params', '', 400, 'invalid json: no `params` field'],
    ['storage.unknown-method', 'held_retrieve', 400, 'no method held_retrieve'],
    ['storage.invalid-method', '$&', 400, 'invalid request: invalid method "$&"'],
    ['storage.missing-field', 'signature', 400, "invalid request: Required field 'signature' missing"],
    ['storage.signature-required', 'retrieve', 401, 'retrieve: request signature required'],
    ['storage.too-long', '', 413, 'Request body too large'],
    ['storage.bad-clock', '', 406, undefined],
    ['storage.already-expired', '', 406, undefined],
    ['storage.bad-ttl', '', 403, undefined],
    ['storage.inactive-feature', '', 403, undefined],
    ['storage.bad-time', 'expire', 401, undefined],
    ['storage.bad-signature', 'expire', 401, undefined],
  ] as const)('%s %s', ([code, subject, status, text]) => {
    const reply = errorReply(new StorageError(code, {}, { subject }))
    expect(reply).toEqual({ status, text: text ?? reply.text })
  })

  test('names from outside are cut and never logged', () => {
    const error = new StorageError('storage.unknown-method', {}, { subject: 'x'.repeat(5000) })
    expect(errorReply(error).text).toBe(`no method ${'x'.repeat(100)}`)
    expect(`${error.message}${JSON.stringify(error)}`).not.toContain('xx')
    expect(failedReply).toEqual({ status: 500, text: 'request failed' })
  })
})

test('there is a sample of every method that is asked alone', () => {
  expect(new Set(simpleRequests.map(({ method }) => method)).size).toBe(14)
})

test('a full reply of small messages is read, in either encoding', () => {
  const many = Array.from({ length: 54_000 }, (_, at) => {
    const data = Uint8Array.of(at >> 16, at >> 8, at)
    return { hash: hashMessage(user, toNamespace(0), data), timestamp: now, expiry: now, data }
  })
  const [, outcome] = reply(retrieve, { messages: many, more: true, ...stamp })
  for (const encoding of ['json', 'bencode'] as const) {
    const { body } = encodeOutcome(outcome, encoding)
    const read = parseOutcome(retrieve, 200, body, encoding)
    expect(read.kind === 'reply' && read.reply.messages.length).toBe(54_000)
  }
})

test('what a node says that it did to very many messages is judged, not fatal', () => {
  const [hash] = hashes
  const list = JSON.stringify(Array.from({ length: 220_000 }, () => hash))
  const member = (members: string): Uint8Array =>
    utf8Encode(`{"swarm":{"${node}":{"signature":"${'A'.repeat(86)}",${members}}}}`)
  const judged = <M extends RecursiveMethod>(request: StorageRequest<M>, members: string): unknown => {
    const outcome = parseOutcome(request, 200, member(members))
    if (outcome.kind !== 'reply') throw new Error('it is a reply')
    return verifyMembers(request, outcome.reply as unknown as RecursiveReply<MemberResults[M]>).get(node)
  }
  const verdict = { kind: 'bad-signature' }
  expect(judged(deleteBefore, `"deleted":${list}`)).toEqual(verdict)
  expect(judged(expireAll, `"updated":${list}`)).toEqual(verdict)
  expect(judged(expire, `"expiry":1,"updated":${list}`)).toEqual(verdict)
})

test.each(['json', 'bencode'] as const)(
  'messages that a node keeps as they are written go out unaltered: %s',
  encoding => {
    const messages = [{ hash, timestamp: now, expiry: now + 5, data: Uint8Array.of(0, 255, 62) }]
    const written = messages.map(each => formatStoredMessage(each, encodeBase64(each.data)))
    const outcome = (kept: object): Outcome => ({
      kind: 'reply',
      method: 'retrieve',
      status: 200,
      reply: { messages, ...kept, more: true, ...stamp },
    })
    expect(encodeOutcome(outcome({ written }), encoding)).toEqual(encodeOutcome(outcome({}), encoding))
    const empty = { messages: [], written: [] }
    expect(encodeOutcome(outcome(empty), encoding)).toEqual(encodeOutcome(outcome({ messages: [] }), encoding))
  },
)
