import { type MessageHash, namespaces, type Outcome, type StorageRequest } from '@sotto/protocol/storage'
import { type NodeId } from '@sotto/protocol/swarm'
import { randomBelow, seededRandom } from '@sotto/testing'
import { expect, test } from 'vitest'
import { type Network, type Watch, type WatchNews, type WatchOptions, type WatchState } from '../../src/index.ts'
import {
  alice,
  type ClientShape,
  compatSwarms,
  finish,
  message,
  retrieve,
  startClient,
  twoSwarms,
  until,
} from '../fake/fake-client.ts'
import { type FakeNodeShape } from '../fake/fake-list.ts'
import { FakeNetwork } from '../fake/fake-network.ts'
import { type FakeNode, hashOf } from '../fake/fake-node.ts'

/** A watch with a mailbox that keeps a cursor for each member, as the engine does. */
class Watched {
  readonly fake: FakeNetwork
  readonly network: Network
  readonly watch: Watch
  readonly news: WatchNews[] = []
  readonly states: WatchState[] = []
  readonly received: MessageHash[] = []
  readonly askedOf: NodeId[] = []
  /** Makes deliveries fail. */
  onDeliver: (() => Promise<void>) | undefined
  readonly #cursors = new Map<NodeId, MessageHash>()

  private constructor(fake: FakeNetwork, network: Network, options: Partial<WatchOptions>) {
    this.fake = fake
    this.network = network
    this.watch = network.session('own:alice').watch({
      owner: alice,
      retrieves: (member, now) => {
        this.askedOf.push(member)
        const lastHash = this.#cursors.get(member)
        return [retrieve(now, lastHash === undefined ? {} : { lastHash })]
      },
      deliver: async news => this.#deliver(news),
      onState: state => this.states.push(state),
      ...options,
    })
  }

  static async start(
    shapes: readonly FakeNodeShape[] = twoSwarms,
    options: Partial<WatchOptions> = {},
    client: ClientShape = {},
  ): Promise<Watched> {
    const fake = new FakeNetwork(shapes)
    return new Watched(fake, await startClient(fake, client), options)
  }

  /** The message reaches these members. */
  keep(text: string, members: readonly FakeNode[] = this.fake.membersOf(alice)): MessageHash {
    const params = message(text)(Math.round(this.fake.clock.now()))
    for (const member of members) member.keep(params)
    return hashOf(params)
  }

  async live(): Promise<void> {
    await until(this.fake.clock, () => this.watch.state.kind === 'live' && this.holder() !== undefined)
  }

  holder(): FakeNode | undefined {
    return this.fake.nodes.find(({ holders }) => holders > 0)
  }

  async has(hash: MessageHash, withinMs: number): Promise<void> {
    await until(this.fake.clock, () => this.received.includes(hash), withinMs)
  }

  async end(): Promise<void> {
    await finish(this.fake.clock, this.watch.stop())
    await finish(this.fake.clock, this.network.stop())
  }

  async #deliver(news: WatchNews): Promise<void> {
    await this.onDeliver?.()
    this.news.push(news)
    for (const { messages, cursor } of news.results) {
      this.received.push(...messages.map(({ hash }) => hash))
      if (cursor !== undefined) this.#cursors.set(news.member, cursor)
    }
  }
}

test('a watch says which member it asks and over which path, and when that changes', async () => {
  let told = 0
  const it = await Watched.start(twoSwarms, { onPlace: () => (told += 1) })
  const session = it.network.session('own:alice')
  let changes = 0
  session.onPathChange(() => (changes += 1))
  expect(it.watch.place).toBe(undefined)
  await it.live()
  const holder = it.holder()
  const members = it.fake.membersOf(alice).length
  expect(it.watch.place).toMatchObject({ members, member: { ed25519: holder?.id } })
  expect(session.paths().length).toBeGreaterThan(1)
  expect(session.paths().every(({ hops }) => hops.length === 3)).toBe(true)
  expect(session.paths()).toContainEqual(it.watch.place?.path)
  const before = told
  if (holder !== undefined) {
    holder.onRequest = () => 'silent'
    holder.wake('time')
  }
  await until(it.fake.clock, () => told > before)
  expect(it.watch.place?.member?.ed25519).not.toBe(holder?.id)
  expect(changes).toBeGreaterThan(0)
  await it.end()
})

test('a message comes at once, whichever member took it', async () => {
  const it = await Watched.start()
  await it.live()
  for (let round = 0; round < 20; round++) {
    await it.has(it.keep(`message ${round}`), 1000)
  }
  expect(new Set(it.received).size).toBe(20)
  expect(it.states.map(({ kind }) => kind)).toEqual(['live'])
  await it.end()
})

test('no wake is lost and nothing comes twice from one member, whenever messages arrive', async () => {
  const it = await Watched.start()
  const random = seededRandom(11)
  await it.live()
  const hashes: MessageHash[] = []
  for (let round = 0; round < 300; round++) {
    hashes.push(it.keep(`message ${round}`))
    await it.fake.clock.advance(randomBelow(random, 200))
  }
  await it.has(hashes.at(-1) ?? ('' as MessageHash), 1000)
  expect([...new Set(it.received)]).toEqual(hashes)
  for (const [, news] of Map.groupBy(it.news, ({ member }) => member)) {
    const all = news.flatMap(({ results }) => results.flatMap(({ messages }) => messages.map(({ hash }) => hash)))
    expect(new Set(all).size).toBe(all.length)
  }
  await it.end()
})

test('holds 6 to 25 s, one request at a time, and asks again within 100 ms', async () => {
  const it = await Watched.start()
  await it.live()
  const holds: number[] = []
  for (const node of it.fake.nodes) {
    node.onRequest = request => {
      if (request.method === 'held_retrieve' && request.params.holdMs > 0) holds.push(request.params.holdMs)
      return undefined
    }
  }
  await it.fake.clock.advance(1_800_000)
  expect(Math.min(...holds)).toBeGreaterThanOrEqual(6000)
  expect(Math.max(...holds)).toBeLessThanOrEqual(25_000)
  expect(holds.filter(hold => hold < 15_500).length).toBeGreaterThan(holds.length / 2)
  const sum = holds.reduce((total, hold) => total + hold, 0)
  expect(sum).toBeGreaterThan(1_800_000 * 0.95)
  expect(it.fake.oddSizes).toEqual([])
  await it.end()
})

test('the member is changed every two to five minutes, and another one is asked every one to two', async () => {
  const it = await Watched.start()
  await it.live()
  const holders: (NodeId | undefined)[] = []
  for (let count = 0; count < 3600; count++) {
    await it.fake.clock.advance(1000)
    const holder = it.holder()?.id
    if (holder !== undefined && holder !== holders.at(-1)) holders.push(holder)
  }
  expect(holders.length).toBeGreaterThanOrEqual(12)
  expect(holders.length).toBeLessThanOrEqual(32)
  const plain = it.fake.nodes.flatMap(({ asked }) =>
    asked.filter(request => request.method === 'held_retrieve' && request.params.holdMs === 0),
  )
  expect(plain.length).toBeGreaterThanOrEqual(30)
  expect(plain.length).toBeLessThanOrEqual(62)
  await it.end()
})

test('the member is changed for one that has told its whole list already: a message in between comes at once', async () => {
  const it = await Watched.start()
  for (let at = 0; at < 500; at++) it.keep(`old ${at}`)
  await it.live()
  const holders = new Set<NodeId>()
  let heldForOldOnes = 0
  for (const node of it.fake.nodes) {
    node.onOutcome = (request, outcome) => {
      const isHeld = request.method === 'held_retrieve' && request.params.holdMs > 0
      if (!isHeld || outcome.kind !== 'reply' || outcome.method !== 'held_retrieve') return outcome
      holders.add(node.id)
      const [first] = outcome.reply.results
      if (first?.kind === 'reply' && first.reply.messages.length > 0) heldForOldOnes += 1
      return outcome
    }
  }
  await it.fake.clock.advance(3_600_000)
  expect(heldForOldOnes).toBe(0)
  expect(holders.size).toBeGreaterThan(2)
  await it.end()
})

test('a member that withholds costs two minutes at most', async () => {
  const it = await Watched.start()
  await it.live()
  const hash = it.keep(
    'withheld',
    it.fake.membersOf(alice).filter(node => node !== it.holder()),
  )
  await it.has(hash, 125_000)
  expect(it.received.filter(each => each === hash).length).toBeLessThanOrEqual(2)
  await it.end()
})

test('the holding member dies: another one is asked, by another path', async () => {
  const it = await Watched.start()
  await it.live()
  const dead = it.holder()
  if (dead !== undefined) {
    dead.onRequest = () => 'silent'
    dead.wake('time')
  }
  const hash = it.keep('later')
  await it.has(hash, 60_000)
  expect(it.watch.state.kind).toBe('live')
  await it.end()
})

test('a whole network that is gone: growing pauses, each announced, and back at once after a poke', async () => {
  const it = await Watched.start()
  await it.live()
  for (const node of it.fake.nodes) node.isDown = true
  for (const node of it.fake.nodes) node.wake('stop')
  await until(it.fake.clock, () => it.states.filter(({ kind }) => kind === 'waiting').length >= 9)
  const waits = it.states.filter(({ kind }) => kind === 'waiting')
  expect(waits.every(({ reason }) => reason !== undefined)).toBe(true)
  const tries = waits.map(({ nextTryAt = 0 }) => nextTryAt)
  const gaps = tries.slice(1).map((at, index) => at - (tries[index] ?? 0))
  expect(Math.max(...gaps)).toBeGreaterThan(20_000)
  expect(Math.max(...gaps)).toBeLessThan(60_000)
  for (const node of it.fake.nodes) node.isDown = false
  const hash = it.keep('while away')
  it.watch.poke()
  await it.has(hash, 1000)
  expect(it.watch.state.kind).toBe('live')
  await it.end()
})

test('after sleep everything is asked again within seconds, with the right time', async () => {
  const it = await Watched.start()
  await it.live()
  // What was held is lost with its connection, and nobody hears of it.
  const asleep = it.fake.nodes.map(node => node.holders)
  expect(asleep.reduce((sum, holders) => sum + holders, 0)).toBe(1)
  const before = it.askedOf.length
  it.fake.clock.jump(8 * 3_600_000)
  const hash = it.keep(
    'while asleep',
    it.fake.membersOf(alice).filter(node => node.holders === 0),
  )
  await it.fake.clock.advance(5100)
  expect(it.askedOf.length).toBeGreaterThan(before)
  await it.has(hash, 130_000)
  await until(it.fake.clock, () => Math.abs(it.network.time.offset()) < 1000, 10_000)
  expect(it.network.paths().every(({ failure }) => failure === undefined)).toBe(true)
  await it.end()
})

test('pokes do not become a flood', async () => {
  const it = await Watched.start()
  await it.live()
  const count = (): number => it.fake.nodes.reduce((sum, node) => sum + node.count('held_retrieve'), 0)
  const before = count()
  for (let poke = 0; poke < 50; poke++) {
    it.watch.poke()
    await it.fake.clock.advance(10)
  }
  expect(count() - before).toBeLessThanOrEqual(4)
  await it.end()
})

test('a failed delivery moves nothing: the same messages come again', async () => {
  const it = await Watched.start()
  await it.live()
  let failures = 3
  it.onDeliver = async () => {
    if (failures > 0) {
      failures -= 1
      throw new Error('disk full')
    }
  }
  const hash = it.keep('twice asked')
  await it.has(hash, 30_000)
  expect(it.states.some(({ kind, reason }) => kind === 'waiting' && reason === undefined)).toBe(true)
  await it.end()
})

test('deliveries never overlap, and stopping waits for the one that runs', async () => {
  const it = await Watched.start()
  let [running, most] = [0, 0]
  it.onDeliver = async () => {
    running += 1
    most = Math.max(most, running)
    await it.fake.clock.sleep(3000)
    running -= 1
  }
  await it.live()
  for (let round = 0; round < 40; round++) {
    it.keep(`message ${round}`)
    await it.fake.clock.advance(5000)
  }
  expect(most).toBe(1)
  it.keep('last')
  await until(it.fake.clock, () => running === 1, 10_000)
  await finish(it.fake.clock, it.watch.stop())
  expect(running).toBe(0)
  await it.end()
})

test('long lists are fetched to their end without pauses', async () => {
  const it = await Watched.start()
  for (let at = 0; at < 1050; at++) it.keep(`old ${at}`)
  await it.live()
  expect(new Set(it.received).size).toBe(1050)
  expect(it.received.length).toBe(1050)
  expect(it.news.length).toBe(11)
  await it.end()
})

test('the rest of a long list is under way while its beginning is delivered', async () => {
  const it = await Watched.start()
  for (let at = 0; at < 350; at++) it.keep(`old ${at}`)
  const fetched = (): number => it.fake.nodes.reduce((sum, node) => sum + node.count('retrieve'), 0)
  const ahead: number[] = []
  it.onDeliver = async () => {
    const before = it.news.length
    await it.fake.clock.sleep(5000)
    ahead.push(fetched() - before)
  }
  await until(it.fake.clock, () => it.received.length === 350, 60_000)
  expect(ahead).toEqual([1, 1, 1, 0])
  expect(new Set(it.received).size).toBe(350)
  await it.end()
})

test('when a part of a long list is not kept, what follows it is not handed over either', async () => {
  const it = await Watched.start()
  const hashes = Array.from({ length: 350 }, (_, at) => it.keep(`old ${at}`))
  let deliveries = 0
  it.onDeliver = async () => {
    deliveries += 1
    await it.fake.clock.sleep(5000)
    if (deliveries === 2) throw new Error('disk full')
  }
  await until(it.fake.clock, () => new Set(it.received).size === 350, 120_000)
  for (const [, news] of Map.groupBy(it.news, ({ member }) => member)) {
    const all = news.flatMap(({ results }) => results.flatMap(({ messages }) => messages.map(({ hash }) => hash)))
    expect(all).toEqual(hashes.slice(0, all.length))
  }
  await it.end()
})

test('a member that always says there is more is not asked for ever', async () => {
  const it = await Watched.start()
  for (const node of it.fake.nodes) {
    node.onOutcome = (_, outcome) => {
      if (outcome.kind !== 'reply') return outcome
      if (outcome.method === 'retrieve') return { ...outcome, reply: { ...outcome.reply, more: true } }
      if (outcome.method !== 'held_retrieve') return outcome
      const results = outcome.reply.results.map(each =>
        each.kind === 'reply' ? { ...each, reply: { ...each.reply, more: true } } : each,
      )
      return { ...outcome, reply: { ...outcome.reply, results } }
    }
  }
  const hash = it.keep('only one')
  await it.live()
  await it.fake.clock.advance(60_000)
  expect(it.received.filter(each => each === hash).length).toBeLessThanOrEqual(7)
  expect(it.askedOf.length).toBeLessThan(60)
  await it.end()
})

test('nodes that cannot hold are polled, two at a time every five seconds; a message comes within them', async () => {
  const it = await Watched.start(compatSwarms)
  await until(it.fake.clock, () => it.watch.state.kind === 'polling')
  const hash = it.keep('polled')
  await it.has(hash, 7000)
  const before = it.fake.nodes.reduce((sum, node) => sum + node.count('batch'), 0)
  await it.fake.clock.advance(60_000)
  const polls = it.fake.nodes.reduce((sum, node) => sum + node.count('batch'), 0) - before
  expect(polls).toBeGreaterThan(18)
  expect(polls).toBeLessThan(32)
  expect(it.fake.nodes.some(node => node.count('held_retrieve') > 0)).toBe(false)
  await it.end()
})

test('a list that promises too much: each node is tried once a day, then polled', async () => {
  const it = await Watched.start()
  for (const node of it.fake.nodes) {
    node.onRequest = ({ method }): Outcome | undefined =>
      method === 'held_retrieve' ? { kind: 'refused', status: 400, text: 'no method held_retrieve' } : undefined
  }
  await until(it.fake.clock, () => it.watch.state.kind === 'polling', 30_000)
  await it.fake.clock.advance(120_000)
  for (const node of it.fake.membersOf(alice)) expect(node.count('held_retrieve')).toBe(1)
  for (const { id } of it.fake.membersOf(alice)) expect(it.network.canHold(id)).toBe(false)
  await it.has(it.keep('polled'), 10_000)
  await it.end()
})

test('nodes whose list says nothing are asked, and then hold', async () => {
  const it = await Watched.start(compatSwarms)
  for (const node of it.fake.nodes) {
    node.onOutcome = (_, outcome) => {
      if (outcome.kind !== 'reply') return outcome
      if (outcome.method === 'batch') {
        const results = outcome.reply.results.map(each =>
          each.kind === 'reply' && each.method === 'info'
            ? { ...each, reply: { ...each.reply, capabilities: ['held_retrieve.1'] } }
            : each,
        )
        return { ...outcome, reply: { results } }
      }
      return outcome
    }
    const heldReply: Outcome = {
      kind: 'reply',
      method: 'held_retrieve',
      status: 200,
      reply: {
        results: [{ kind: 'reply', method: 'retrieve', status: 200, reply: { messages: [], more: false } }],
        why: 'time',
        heldMs: 0,
        nextMs: 0,
      },
    }
    node.onRequest = ({ method }) => (method === 'held_retrieve' ? heldReply : undefined)
  }
  await until(it.fake.clock, () => it.watch.state.kind === 'live', 200_000)
  expect(it.states.map(({ kind }) => kind)).toEqual(['polling', 'live'])
  await it.end()
})

function refused(status: number): (request: StorageRequest) => Outcome | undefined {
  return ({ method }) => (method === 'held_retrieve' ? { kind: 'refused', status, text: 'no' } : undefined)
}

test.for([429, 503, 406, 401])('%i by everybody: growing pauses, never a loop', async status => {
  const it = await Watched.start()
  await it.live()
  for (const node of it.fake.nodes) node.onRequest = refused(status)
  for (const node of it.fake.nodes) node.wake('time')
  const before = it.askedOf.length
  await it.fake.clock.advance(60_000)
  expect(it.askedOf.length - before).toBeLessThan(12)
  expect(it.watch.state.kind).toBe('waiting')
  for (const node of it.fake.nodes) node.onRequest = undefined
  await it.has(it.keep('after all'), 60_000)
  await it.end()
})

test('one refused namespace does not stop the others', async () => {
  const retrieves = (_: NodeId, now: number): ReturnType<WatchOptions['retrieves']> => [
    retrieve(now, { namespace: namespaces.groupMessages }),
    retrieve(now),
  ]
  const it = await Watched.start(twoSwarms, { retrieves })
  let withRefused = 0
  for (const node of it.fake.nodes) {
    node.onOutcome = (request, outcome) => {
      if (outcome.kind !== 'reply' || outcome.method !== 'held_retrieve' || request.method !== 'held_retrieve')
        return outcome
      const results = outcome.reply.results.map((each, at): Outcome<'retrieve'> => {
        const entry = request.params.entries[at]
        const isRefused = entry?.kind === 'retrieve' && entry.params.namespace === namespaces.groupMessages
        if (isRefused) withRefused += 1
        return isRefused ? { kind: 'refused', status: 401, text: 'retrieve: signature verification failed' } : each
      })
      return { ...outcome, reply: { ...outcome.reply, results } }
    }
  }
  await it.live()
  const hash = it.keep('other namespace')
  await it.has(hash, 5000)
  await it.fake.clock.advance(20_000)
  expect(withRefused).toBeLessThan(10)
  expect(it.watch.state.kind).toBe('live')
  await it.end()
})

test('the account moves to another swarm: its new members are asked at once', async () => {
  const it = await Watched.start()
  await it.live()
  const old = it.fake.membersOf(alice)
  it.fake.relist((shape, at) => ({ ...shape, swarm: at < 7 ? 8 : 0 }))
  const members = it.fake.membersOf(alice)
  expect(members.some(member => old.includes(member))).toBe(false)
  await it.fake.clock.advance(2000)
  expect(members.some(({ holders }) => holders > 0)).toBe(true)
  await it.has(it.keep('there'), 2000)
  await it.end()
})

test('a change elsewhere disturbs nobody', async () => {
  const it = await Watched.start()
  await it.live()
  const holder = it.holder()
  const before = it.askedOf.length
  it.fake.relist((shape, at) => (at === 11 ? undefined : shape))
  await it.fake.clock.advance(1)
  expect(it.askedOf.length).toBe(before)
  expect(it.holder()).toBe(holder)
  await it.end()
})

test('shed and stop: the member is left alone as long as it says, but not longer than half a minute', async () => {
  const it = await Watched.start()
  await it.live()
  const shedding = it.holder()
  shedding?.wake('shed')
  const before = it.askedOf.length
  await it.fake.clock.advance(4900)
  expect(it.askedOf.length).toBe(before)
  await it.fake.clock.advance(400)
  expect(it.askedOf.length).toBeGreaterThan(before)
  for (const node of it.fake.nodes) {
    node.onOutcome = (_, outcome) =>
      outcome.kind === 'reply' && outcome.method === 'held_retrieve'
        ? { ...outcome, reply: { ...outcome.reply, nextMs: 10 ** 12 } }
        : outcome
  }
  const hash = it.keep('not kept waiting')
  await it.has(hash, 70_000)
  await it.end()
})

test('answers that come at once and bring nothing are not asked for in a loop', async () => {
  const it = await Watched.start()
  await it.live()
  for (const node of it.fake.nodes) {
    node.onRequest = (request): Outcome | undefined => {
      if (request.method !== 'held_retrieve') return undefined
      const results = request.params.entries.map((): Outcome<'retrieve'> => ({
        kind: 'reply',
        method: 'retrieve',
        status: 200,
        reply: { messages: [], more: false },
      }))
      return {
        kind: 'reply',
        method: 'held_retrieve',
        status: 200,
        reply: { results, why: 'new', heldMs: 0, nextMs: 0 },
      }
    }
    node.wake('time')
  }
  const before = it.askedOf.length
  await it.fake.clock.advance(60_000)
  expect(it.askedOf.length - before).toBeLessThan(65)
  await it.end()
})

test('the delayed mode asks nodes to wait, and waits itself', async () => {
  const it = await Watched.start(twoSwarms, { delayed: true })
  await it.live()
  const delays = it.fake.nodes.flatMap(({ asked }) =>
    asked.flatMap(request => (request.method === 'held_retrieve' ? [request.params.delayMs] : [])),
  )
  expect(new Set(delays)).toEqual(new Set([5000]))
  await it.end()
})

test('a cursor that the member does not know any more is reported', async () => {
  const it = await Watched.start()
  await it.live()
  await it.has(it.keep('first'), 1000)
  for (const node of it.fake.nodes) node.kept.length = 0
  const hash = it.keep('second')
  await it.has(hash, 30_000)
  expect(it.news.some(({ results }) => results.some(({ reset }) => reset))).toBe(true)
  await it.end()
})

test('forged messages are left out, and the cursor passes them', async () => {
  const it = await Watched.start()
  for (const node of it.fake.nodes) {
    node.onOutcome = (_, outcome) => {
      if (outcome.kind !== 'reply' || outcome.method !== 'held_retrieve') return outcome
      const results = outcome.reply.results.map(each => {
        if (each.kind !== 'reply') return each
        const messages = each.reply.messages.map(one => ({ ...one, data: Uint8Array.of(...one.data, 1) }))
        return { ...each, reply: { ...each.reply, messages } }
      })
      return { ...outcome, reply: { ...outcome.reply, results } }
    }
  }
  await it.live()
  const hash = it.keep('forged')
  await it.fake.clock.advance(30_000)
  expect(it.received).toEqual([])
  expect(it.news.some(({ results }) => results.some(({ cursor }) => cursor === hash))).toBe(true)
  await it.end()
})

test('closing the session ends the watch', async () => {
  const it = await Watched.start()
  await it.live()
  it.network.session('own:alice').close()
  await it.fake.clock.advance(10)
  const before = it.askedOf.length
  await it.fake.clock.advance(200_000)
  expect(it.askedOf.length).toBe(before)
  await it.end()
})

test('a member that sends the same again and again is not asked in a loop', async () => {
  const it = await Watched.start()
  await it.live()
  await it.has(it.keep('again'), 1000)
  for (const node of it.fake.nodes) {
    node.onRequest = (request): Outcome | undefined => {
      if (request.method !== 'held_retrieve') return undefined
      const messages = node.kept.map(({ hash, timestamp, expiry, data }) => ({ hash, timestamp, expiry, data }))
      const results = request.params.entries.map((): Outcome<'retrieve'> => ({
        kind: 'reply',
        method: 'retrieve',
        status: 200,
        reply: { messages, more: true },
      }))
      return {
        kind: 'reply',
        method: 'held_retrieve',
        status: 200,
        reply: { results, why: 'now', heldMs: 0, nextMs: 0 },
      }
    }
    node.wake('time')
  }
  const before = it.askedOf.length
  await it.fake.clock.advance(60_000)
  expect(it.askedOf.length - before).toBeLessThan(75)
  await it.end()
})
