import { Ed25519KeyPair, Ed25519Seed, ed25519Sign } from '@sotto/protocol/crypto'
import { encodeBase64, encodeHex, type Json, type JsonObject, utf8Encode } from '@sotto/protocol/encoding'
import { access, encodeSubaccountToken } from '@sotto/protocol/storage'
import { expect, test } from 'vitest'
import { type RpcReply } from '../../src/rpc/rpc-reply.ts'
import { layoutOf, LocalSwarm } from '../swarm/local-swarm.ts'
import { jsonOf, type TestAccount, testGroup, testUser } from '../swarm/requests.ts'

/**
 * What about 150 probes of a running storage server 2.8.0 have shown, line by line: spec 20, appendix. What concerns HTTP is
 * tested where HTTP is answered.
 */

type Params = Readonly<Record<string, unknown>>

/** A swarm of three, the first of which is asked as a client asks. */
class Probe implements AsyncDisposable {
  readonly swarm: LocalSwarm
  readonly user = testUser(1)
  readonly group = testGroup(1)

  constructor(swarm: LocalSwarm) {
    this.swarm = swarm
  }

  static async start(): Promise<Probe> {
    return new Probe(await LocalSwarm.start(layoutOf([[1n, 3]])))
  }

  get now(): number {
    return this.swarm.clock.now()
  }

  raw(body: string): Promise<RpcReply> {
    const { service } = this.swarm.node(0)
    return this.swarm.until(service.rpc.answer(utf8Encode(body), 'client', new AbortController()))
  }

  call(method: string, params: Params): Promise<RpcReply> {
    return this.raw(JSON.stringify({ method, params }))
  }

  async status(method: string, params: Params): Promise<number> {
    return (await this.call(method, params)).status
  }

  async json(method: string, params: Params): Promise<JsonObject> {
    const reply = await this.call(method, params)
    if (reply.status !== 200 || reply.contentType !== 'application/json') throw new Error('the answer is no result')
    return jsonOf(reply)
  }

  /** A store into the inbox that nothing is wrong with. */
  store(more: Params = {}): Params {
    return { pubkey: this.user.owner, timestamp: this.now, ttl: 60_000, data: encodeBase64(utf8Encode('hi')), ...more }
  }

  /** Parameters with the account's signature over a text. */
  signed(text: string, params: Params, { owner, keys }: TestAccount = this.user): Params {
    const key = owner.startsWith('05') ? { pubkey_ed25519: encodeHex(keys.publicKey) } : {}
    return { pubkey: owner, ...key, signature: encodeBase64(ed25519Sign(keys, utf8Encode(text))), ...params }
  }

  retrieve(more: Params = {}, { timestamp = this.now, namespace = '' } = {}): Params {
    return this.signed(`retrieve${namespace}${timestamp}`, { timestamp, ...more })
  }

  /** The hash of a message that is stored. */
  async stored(more: Params = {}): Promise<string> {
    const hash = (await this.json('store', this.store(more))).get('hash')
    if (typeof hash !== 'string') throw new Error('the answer has no hash')
    return hash
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.swarm[Symbol.asyncDispose]()
  }
}

function members(json: JsonObject): readonly JsonObject[] {
  const swarm = json.get('swarm')
  return swarm instanceof Map ? ([...swarm.values()] as JsonObject[]) : []
}

function base64Of(size: number): string {
  return encodeBase64(new Uint8Array(size).fill(65))
}

test('76,800 bytes of data and not one more; none, and base64 without padding', async () => {
  await using probe = await Probe.start()
  expect(await probe.status('store', probe.store({ data: base64Of(76_800) }))).toBe(200)
  expect(await probe.status('store', probe.store({ data: base64Of(76_801) }))).toBe(400)
  expect(await probe.status('store', probe.store({ data: '' }))).toBe(200)
  expect(await probe.status('store', probe.store({ data: 'aGk' }))).toBe(200)
})

test('times to live, times of messages, and how they may be written', async () => {
  await using probe = await Probe.start()
  const day = 86_400_000
  const { now } = probe
  const cases: readonly (readonly [Params, number])[] = [
    [{ ttl: 9_999 }, 403],
    [{ ttl: 10_000 }, 200],
    [{ ttl: 14 * day }, 200],
    [{ ttl: 14 * day + 1 }, 403],
    [{ timestamp: now + 11_000 }, 406],
    [{ timestamp: now + 9_000 }, 200],
    [{ timestamp: now - 80_000 }, 406],
    [{ expiry: now + 60_000 }, 400],
    [{ ttl: '60000', timestamp: String(now) }, 200],
    [{ namespace: '0' }, 400],
  ]
  for (const [more, status] of cases)
    expect([more, await probe.status('store', probe.store(more))]).toEqual([more, status])
  const month = probe.signed(`store2${now}`, { ...probe.store({ timestamp: now }), namespace: 2, ttl: 30 * day })
  expect(await probe.status('store', month)).toBe(200)
  expect(await probe.status('store', { ...month, ttl: 30 * day + 1 })).toBe(403)
})

test('unsigned stores reach namespaces that ten divides, and no others', async () => {
  await using probe = await Probe.start()
  for (const namespace of [0, 10, -10, -20, 32760]) {
    expect(await probe.status('store', probe.store({ namespace }))).toBe(200)
  }
  for (const namespace of [1, 2, -1, -11, 11]) expect(await probe.status('store', probe.store({ namespace }))).toBe(401)
  const open = await probe.json('retrieve', { pubkey: probe.user.owner, namespace: -10 })
  expect(open.get('messages')).toHaveLength(1)
  expect(await probe.status('retrieve', { pubkey: probe.user.owner, namespace: -20 })).toBe(400)
  // A signature that nobody needs is not looked at.
  expect(await probe.status('store', probe.store({ signature: base64Of(64) }))).toBe(200)
})

test('any prefix owns messages, and the case of hex does not matter', async () => {
  await using probe = await Probe.start()
  const key = probe.user.owner.slice(2)
  const hashes = new Set<unknown>()
  for (const pubkey of [`05${key}`, `05${key.toUpperCase()}`]) hashes.add(await probe.stored({ pubkey }))
  expect(hashes.size).toBe(1)
  for (const prefix of ['00', '03', '07', '15', 'ff']) hashes.add(await probe.stored({ pubkey: prefix + key }))
  expect(hashes.size).toBe(6)
})

test('signatures: too old, wrong, no signature at all', async () => {
  await using probe = await Probe.start()
  const { now } = probe
  for (const [timestamp, status] of [
    [now - 60_001, 406],
    [now + 60_500, 406],
    [now - 59_000, 200],
    [now + 60_000, 200],
  ] as const) {
    expect(await probe.status('retrieve', probe.retrieve({}, { timestamp }))).toBe(status)
  }
  expect(await probe.status('retrieve', { ...probe.retrieve(), signature: base64Of(64) })).toBe(401)
  expect(await probe.status('retrieve', { ...probe.retrieve(), signature: base64Of(63) })).toBe(400)
  expect(await probe.status('retrieve', { ...probe.retrieve(), signature: '!' })).toBe(400)
})

test('cursors and sizes of retrieves', async () => {
  await using probe = await Probe.start()
  const [first, second] = [await probe.stored({ data: base64Of(10) }), await probe.stored({ data: base64Of(20) })]
  const hashes = async (more: Params): Promise<readonly unknown[]> => {
    const list = (await probe.json('retrieve', probe.retrieve(more))).get('messages') as readonly JsonObject[]
    return list.map(message => message.get('hash'))
  }
  expect(await hashes({})).toEqual([first, second])
  expect(await hashes({ last_hash: first })).toEqual([second])
  expect(await hashes({ last_hash: 'A'.repeat(43) })).toEqual([first, second])
  expect(await hashes({ max_size: 0 })).toEqual([first, second])
  expect(await hashes({ max_size: 1 })).toEqual([first])
  expect(await hashes({ max_count: 1 })).toEqual([first])
})

test('what is in a retrieve, and in get_expiries', async () => {
  await using probe = await Probe.start()
  const hash = await probe.stored()
  const reply = await probe.json('retrieve', probe.retrieve())
  expect([...reply.keys()]).toEqual(['messages', 'more', 't', 'hf'])
  const [message] = reply.get('messages') as readonly JsonObject[]
  expect([...(message?.keys() ?? [])]).toEqual(['hash', 'timestamp', 'expiration', 'data'])
  const expiries = await probe.json(
    'get_expiries',
    probe.signed(`get_expiries${probe.now}${hash}`, { messages: [hash], timestamp: probe.now }),
  )
  expect([...expiries.keys()]).toEqual(['expiries'])
})

test('what is in the swarm of a store', async () => {
  await using probe = await Probe.start()
  const once = await probe.json('store', probe.store())
  expect([...once.keys()]).toEqual(['swarm', 'hash', 't', 'hf'])
  for (const member of members(once)) expect([...member.keys()].toSorted()).toEqual(['expiry', 'hash', 'signature'])
  const again = await probe.json('store', probe.store())
  expect(members(again).map(member => member.get('already'))).toEqual([true, true, true])
})

test('expire says what is unchanged only with shorten or extend', async () => {
  await using probe = await Probe.start()
  const hash = await probe.stored()
  const expire = (mode: string, expiry: number): Promise<JsonObject> => {
    const flag = mode === '' ? {} : { [mode]: true }
    return probe.json('expire', probe.signed(`expire${mode}${expiry}${hash}`, { messages: [hash], expiry, ...flag }))
  }
  const later = probe.now + 3_600_000
  const has = async (reply: Promise<JsonObject>): Promise<Json> =>
    members(await reply)[0]?.has('unchanged') ? 'unchanged' : null
  expect(await has(expire('', later))).toBeNull()
  expect(await has(expire('extend', later - 1_000))).toBe('unchanged')
  expect(await has(expire('shorten', later + 1_000))).toBe('unchanged')
})

test('only taking back a revocation is counted', async () => {
  await using probe = await Probe.start()
  const token = encodeSubaccountToken({ prefix: 3, flags: 1, publicKey: probe.user.keys.publicKey })
  const change = async (method: string, key: string): Promise<JsonObject> => {
    const { owner, keys } = probe.group
    const timestamp = probe.now
    const text = new Uint8Array([...utf8Encode(`${method}${timestamp}`), ...token])
    const signature = encodeBase64(ed25519Sign(keys, text))
    return probe.json(method, { pubkey: owner, [key]: [encodeHex(token)], timestamp, signature })
  }
  for (const member of members(await change('revoke_subaccount', 'revoke'))) expect(member.has('count')).toBe(false)
  await probe.swarm.pass(1_000)
  for (const member of members(await change('unrevoke_subaccount', 'unrevoke'))) expect(member.get('count')).toBe(1)
})

test('what tokens grant, and for whom', async () => {
  await using probe = await Probe.start()
  const { owner, keys } = probe.group
  const member = new Ed25519KeyPair(new Ed25519Seed(new Uint8Array(32).fill(5)))
  const retrieve = (flags: number, prefix: number, spelling: 'hex' | 'base64'): Promise<number> => {
    const token = encodeSubaccountToken({ prefix, flags, publicKey: member.publicKey })
    const timestamp = probe.now
    return probe.status('retrieve', {
      pubkey: owner,
      namespace: 11,
      timestamp,
      signature: encodeBase64(ed25519Sign(member, utf8Encode(`retrieve11${timestamp}`))),
      subaccount: spelling === 'hex' ? encodeHex(token) : encodeBase64(token),
      subaccount_sig: encodeBase64(ed25519Sign(keys, token)),
    })
  }
  expect(await retrieve(access.anyPrefix, 0x03, 'hex')).toBe(401)
  expect(await retrieve(access.read, 0x03, 'hex')).toBe(200)
  expect(await retrieve(access.read, 0x03, 'base64')).toBe(200)
  expect(await retrieve(access.write, 0x03, 'hex')).toBe(401)
  expect(await retrieve(access.read, 0x05, 'hex')).toBe(401)
  expect(await retrieve(access.read | access.anyPrefix, 0x05, 'hex')).toBe(200)
})

test('delete with required and nothing deleted is 404 with the normal body; an empty list is 400', async () => {
  await using probe = await Probe.start()
  const hash = 'A'.repeat(43)
  const missed = await probe.call('delete', probe.signed(`delete${hash}`, { messages: [hash], required: true }))
  expect(missed.status).toBe(404)
  expect(members(jsonOf(missed)).map(member => member.get('deleted'))).toEqual([[], [], []])
  expect(await probe.status('delete', probe.signed(`delete${hash}`, { messages: [hash] }))).toBe(200)
  expect(await probe.status('delete', probe.signed('delete', { messages: [] }))).toBe(400)
})

test('how many a batch takes, and what may stand in it', async () => {
  await using probe = await Probe.start()
  const info = { method: 'info', params: {} }
  const batch = (requests: readonly unknown[]): Promise<number> => probe.status('batch', { requests })
  expect(await batch(Array.from({ length: 20 }, () => info))).toBe(200)
  expect(await batch(Array.from({ length: 21 }, () => info))).toBe(400)
  expect(await batch([])).toBe(400)
  expect(await batch([{ method: 'batch', params: { requests: [info] } }])).toBe(400)
  expect(await batch([info, { method: 'nothing', params: {} }])).toBe(400)
  const condition = { height_at_least: 0 }
  expect(await probe.status('ifelse', { if: condition, else: { method: 'nothing', params: {} } })).toBe(400)
})

test('what is no request is 400 in plain text; the dress of JSON-RPC 2.0 does not matter', async () => {
  await using probe = await Probe.start()
  for (const body of ['', '{', '[]', '"info"', '{"params":{}}', '{"method":"info"}', '{"method":"info","params":[]}']) {
    expect(await probe.raw(body)).toMatchObject({ status: 400, contentType: 'text/plain' })
  }
  const dressed = await probe.raw('{"jsonrpc":"2.0","id":7,"method":"info","params":{}}')
  expect([...jsonOf(dressed).keys()]).toEqual(['version', 'timestamp', 'capabilities', 't', 'hf'])
  expect(await probe.raw('{"method":"x","params":{}}')).toMatchObject({ body: 'no method x' })
})

test('results are JSON, errors are text', async () => {
  await using probe = await Probe.start()
  expect(await probe.call('info', {})).toMatchObject({ status: 200, contentType: 'application/json' })
  expect(await probe.call('store', probe.store({ ttl: 1 }))).toMatchObject({ status: 403, contentType: 'text/plain' })
})
