import { type Shape } from '../cases.ts'
import { type PlannedNode } from '../network/plan.ts'
import { type Account, drawAccount, fillAccounts } from './accounts.ts'
import { Connection, httpRequest } from './connection.ts'
import { retrieveSource, storeSource } from './direct-source.ts'
import { drive, type Driven, type RequestSource } from './drive.ts'
import { type HeldLatencies, measureHeldLatency } from './held-latency.ts'
import { Holders, type HoldWay } from './holders.ts'
import { onionSource, type OnionSource } from './onion-source.ts'
import { signatureRate } from './signature-rate.ts'

/** Clients that keep asking. */
const clientCount = 16
const accountCount = 200

interface Load {
  readonly nodes: readonly PlannedNode[]
  /** The client `at` speaks to the node `at` modulo their number; so do those of the bare servers. */
  readonly clients: readonly Connection[]
  readonly bareClients: readonly Connection[]
  /** Those who read. */
  readonly readers: readonly Account[]
  /** Those who are written to: others, so that what is read stays the same. */
  readonly receivers: readonly Account[]
}

/** A case before it runs: what takes time to make is made here. */
interface Ready extends Partial<OnionSource> {
  readonly source: RequestSource
}

/** How many requests of which shape. */
export interface RunOrder {
  readonly shape: Shape
  readonly count: number
}

/** Tasks of the process that makes the load. */
export function loadTasks() {
  let load: Load | undefined
  let ready: Ready | undefined
  const holders = new Holders()
  const loaded = (): Load => {
    if (load === undefined) throw new Error('there are no connections yet')
    return load
  }
  return {
    /** Connects, and makes accounts with messages. */
    connect: async ({ nodes, barePorts }: { nodes: readonly PlannedNode[]; barePorts: readonly number[] }) => {
      const clients = await openClients(nodes.map(({ port }) => port))
      const readers = await fillAccounts(accountCount, clients, nodes.length, Date.now())
      const bareClients = await openClients(barePorts)
      const receivers = Array.from({ length: accountCount }, drawAccount)
      load = { nodes, clients, bareClients, readers, receivers }
    },
    /** Makes the requests of a run, outside of the time that is measured. How long one is, in bytes. */
    prepare: ({ shape, count }: RunOrder): number => {
      ready = makeReady(shape, count, loaded())
      return ready.source(0, 0)?.length ?? 0
    },
    /** Sends what was prepared to the nodes. */
    run: ({ count }: { count: number }): Promise<Driven> => {
      if (ready === undefined) throw new Error('nothing is prepared')
      return drive(loaded().clients, count, ready.source, ready.isGood)
    },
    /** Sends as much to the bare servers, which answer as much. */
    runBare: ({ count, requestBytes, replyBytes }: BareOrder): Promise<Driven> => {
      const body = new Uint8Array(Math.max(0, requestBytes - 140)).fill(0x20)
      const request = httpRequest(`/${replyBytes}`, body)
      return drive(loaded().bareClients, count, () => request)
    },
    /** How fast the machine is while nothing else runs. */
    signatureRate: ({ ms }: { ms: number }): number => signatureRate(ms),
    /** Stores at the first node while the second holds. */
    heldLatency: ({ count }: { count: number }): Promise<HeldLatencies> => {
      const { clients, readers } = loaded()
      const [storing, holding] = clients
      if (storing === undefined || holding === undefined) throw new Error('two nodes are needed')
      return measureHeldLatency(readers, storing, { connection: holding, node: 1 }, count)
    },
    /** Makes requests that are to be held. */
    prepareHolds: ({ count, way, nodes }: HoldOrder): void => holders.prepare(count, way, nodes),
    /** Sends them. */
    hold: ({ port }: { port: number }): void => holders.hold(port),
    /** How many of them have their answer. */
    holdsAnswered: (): number => holders.answered,
    dropHolds: (): void => holders.close(),
  }
}

/** Requests to be held, and the relay and the destination of those that go through one. */
export interface HoldOrder {
  readonly count: number
  readonly way: HoldWay
  readonly nodes: readonly PlannedNode[]
}

/** How much to send to the bare servers, in which sizes. */
export interface BareOrder {
  readonly count: number
  readonly requestBytes: number
  readonly replyBytes: number
}

async function openClients(ports: readonly number[]): Promise<readonly Connection[]> {
  if (ports.length === 0) return []
  return Promise.all(Array.from({ length: clientCount }, (_, at) => Connection.open(ports[at % ports.length] ?? 0)))
}

function makeReady(shape: Shape, count: number, { nodes, readers, receivers }: Load): Ready {
  const now = Date.now()
  switch (shape.kind) {
    case 'store':
      return { source: storeSource(receivers, now) }
    case 'retrieve':
      return { source: retrieveSource(readers, nodes.length, now, 'all') }
    case 'poll':
      return { source: retrieveSource(readers, nodes.length, now, 'news') }
    case 'onion':
      return onionSource({ ...shape, count }, nodes, shape.method === 'store' ? receivers : readers, now)
  }
}
