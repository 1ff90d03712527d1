import { Ed25519KeyPair, Ed25519Seed } from '@sotto/protocol/crypto'
import { concatBytes, utf8Decode, utf8Encode } from '@sotto/protocol/encoding'
import {
  type BuiltOnion,
  buildOnion,
  drawLayerSecrets,
  type OnionCipher,
  type OnionNode,
  type OnionPath,
  openReply,
  type ServerAddress,
} from '@sotto/protocol/onion'
import { type NodeId, toSwarmId } from '@sotto/protocol/swarm'
import { type NodeDirectory, type NodeEntry } from '@sotto/registry'
import { ManualClock, seededRandom } from '@sotto/testing'
import { type FairQueuePorts } from '../../src/onion/fair-queue.ts'
import { NextHops } from '../../src/onion/next-hops.ts'
import { defaultOnionLimits, type OnionLimits } from '../../src/onion/onion-limits.ts'
import { OnionRelay } from '../../src/onion/onion-relay.ts'
import { type OnionReply } from '../../src/onion/onion-reply.ts'
import { encodeRelayReply } from '../../src/onion/relay-reply.ts'
import { ReplayMemory } from '../../src/onion/replay-memory.ts'
import { type Forbidden } from '../../src/onion/server-proxy.ts'
import { type NodeIdentity, nodeIdentityOf } from '../../src/rpc/node-identity.ts'
import { type RpcReply } from '../../src/rpc/rpc-reply.ts'
import { framedBody } from '../../src/swarm/link/framed-body.ts'
import { LinkError } from '../../src/swarm/link/link-error.ts'
import { type MethodAnswer } from '../../src/swarm/link/member-endpoint.ts'

export const random = seededRandom(20)

/** A relay with what a test wants to change about it. */
export interface TestRelay {
  readonly identity: NodeIdentity
  readonly relay: OnionRelay
  /** What the directory says; `undefined` takes the node off the list. */
  entry: NodeEntry | undefined
  blockers: readonly string[]
  isStuck: boolean
  /** Answers for this node over the link instead of its relay. */
  link: ((body: Uint8Array) => Promise<MethodAnswer>) | undefined
  readonly counts: Map<string, number>
}

/** What relays of a test answer where they leave the network. */
export interface TestEnds {
  readonly answer?: (rpc: Uint8Array) => Promise<RpcReply | undefined>
  readonly proxy?: (address: ServerAddress, body: Uint8Array) => Promise<OnionReply | Forbidden>
  readonly limits?: Partial<OnionLimits>
  readonly turns?: FairQueuePorts
}

const echo = async (rpc: Uint8Array): Promise<RpcReply> => ({
  status: 200,
  contentType: 'application/json',
  body: JSON.stringify({ echo: utf8Decode(rpc) }),
})

/** Relays that know each other and speak by function calls. */
export function testRelays(count: number, ends: TestEnds = {}): readonly TestRelay[] {
  const relays: TestRelay[] = []
  for (let at = 0; at < count; at++) relays.push(testRelay(at, relays, ends))
  return relays
}

function testRelay(at: number, all: readonly TestRelay[], ends: TestEnds): TestRelay {
  const identity = nodeIdentityOf(new Ed25519KeyPair(new Ed25519Seed(new Uint8Array(32).fill(at + 1))))
  const limits = { ...defaultOnionLimits, ...ends.limits }
  const find = (id: NodeId): TestRelay | undefined => all.find(each => each.identity.id === id)
  const hops = new NextHops({
    id: identity.id,
    directory: { byId: id => find(id)?.entry } as NodeDirectory,
    ask: async (id, _method, body) => {
      const next = find(id)
      if (next === undefined) throw new LinkError('link.unreachable')
      const { before, bytes, after } = framedBody(body)
      const joined = concatBytes(before, bytes, after)
      if (next.link !== undefined) return next.link(joined)
      return { status: 200, body: encodeRelayReply(await next.relay.relayed(joined, identity.id)) }
    },
    limits,
    signal: new AbortController().signal,
    relayed: (body, sender) => node.relay.relayed(body, sender),
  })
  const counts = new Map<string, number>()
  const node: TestRelay = {
    identity,
    relay: new OnionRelay({
      identity,
      blockers: () => node.blockers,
      isStuck: () => node.isStuck,
      answer: ends.answer ?? echo,
      forward: (next, request, memory) => hops.forward(next, request, memory),
      proxy: ends.proxy ?? (async () => ({ status: 502, body: '' })),
      replay: new ReplayMemory(identity.ed25519, new ManualClock()),
      random,
      limits,
      turns: ends.turns ?? { now: () => 0, defer: run => void setImmediate(run) },
      count: what => counts.set(what, (counts.get(what) ?? 0) + 1),
    }),
    entry: testEntry(identity, at),
    blockers: [],
    isStuck: false,
    link: undefined,
    counts,
  }
  return node
}

function testEntry({ id, x25519 }: NodeIdentity, at: number): NodeEntry {
  return {
    ed25519: id,
    x25519: x25519.publicKey,
    ip: '127.0.0.1',
    httpsPort: 20_000 + at,
    omqPort: 0,
    quicPort: 0,
    swarmId: toSwarmId(0n),
    version: [2, 8, 0],
    state: 'active',
    capabilities: ['member_link.1'],
  }
}

/** A relay as a path names it. */
export function hopOf({ identity }: TestRelay): OnionNode {
  return { id: identity.id, key: identity.x25519.publicKey }
}

/** An onion through the relays to the last of them. */
export function onionTo(
  relays: readonly TestRelay[],
  options: {
    readonly cipher?: OnionCipher
    readonly rpc?: string
    readonly json?: boolean
    readonly hopNumber?: number
  } = {},
): BuiltOnion {
  const nodes = relays.map(hopOf)
  const last = nodes.at(-1)
  if (last === undefined) throw new RangeError('an onion needs a destination')
  const { cipher = 'aes-gcm', rpc = '{}', json = false, hopNumber } = options
  return seal({ hops: nodes.slice(0, -1), destination: { kind: 'node', ...last, json } }, rpc, cipher, hopNumber)
}

/** An onion of any path. */
export function seal(path: OnionPath, rpc: string, cipher: OnionCipher = 'aes-gcm', hopNumber?: number): BuiltOnion {
  const secrets = drawLayerSecrets(random, cipher, path.hops.length + 1)
  return buildOnion(utf8Encode(rpc), path, secrets, { cipher, ...(hopNumber === undefined ? {} : { hopNumber }) })
}

/** What the client makes of a reply. */
export function opened(reply: OnionReply, { keys }: BuiltOnion): ReturnType<typeof openReply> {
  return openReply(bytesOf(reply), keys)
}

/** The body as it travels. */
export function bytesOf({ body }: OnionReply): Uint8Array {
  return typeof body === 'string' ? utf8Encode(body) : body
}
