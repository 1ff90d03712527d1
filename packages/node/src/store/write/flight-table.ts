import { concatBytes } from '@sotto/protocol/encoding'
import { ed25519PublicKey } from '@sotto/protocol/crypto'
import { type NodeId, nodeIdOf, nodePublicKey } from '@sotto/protocol/swarm'
import { type ForwardId, forwardIdOf, type RequestForward } from '../port/forward.ts'
import { type StoreLimits } from '../limits.ts'
import { NodeStoreError } from '../node-store-error.ts'
import { type Connection, type Statement } from '../sql/connection.ts'
import { type Totals } from './totals.ts'

const MAX_CURSOR_BYTES = 256

/** A request on its way, or in queues. It has a body, or is about the message at a position. */
interface FlightRow {
  readonly id: number
  readonly position: number | null
  readonly body: Uint8Array | null
  readonly until: number
  readonly peers: Uint8Array
}

/** Requests on their way to peers, and the queues of those who did not get them. Spec 70, X8, D3. */
export class FlightTable {
  readonly #totals: Totals
  readonly #limits: StoreLimits
  readonly #launch: Statement<never>
  readonly #flight: Statement<FlightRow>
  readonly #flights: Statement<{ id: number; peers: Uint8Array }>
  readonly #endFlight: Statement<never>
  readonly #keep: Statement<never>
  readonly #queue: Statement<never>
  readonly #queued: Statement<{ queued: number }>
  readonly #count: Statement<never>
  readonly #unqueue: Statement<never>
  readonly #arrived: Statement<never>
  readonly #forward: Statement<FlightRow & { pending: number }>
  readonly #drop: Statement<never>
  readonly #over: Statement<FlightRow>
  readonly #ofPeer: Statement<{ forward: number }>
  readonly #dropPeer: Statement<never>
  readonly #setCursor: Statement<never>

  constructor(connection: Connection, totals: Totals, limits: StoreLimits) {
    this.#totals = totals
    this.#limits = limits
    this.#launch = connection.prepare('INSERT INTO flights (position, body, until, peers) VALUES (?, ?, ?, ?)')
    this.#flight = connection.prepare('SELECT id, position, body, until, peers FROM flights WHERE id = ?')
    this.#flights = connection.prepare('SELECT id, peers FROM flights ORDER BY id LIMIT ?')
    this.#endFlight = connection.prepare('DELETE FROM flights WHERE id = ?')
    this.#keep = connection.prepare(
      'INSERT INTO forwards (id, position, body, until, peers, pending) VALUES (?, ?, ?, ?, ?, ?)',
    )
    this.#queue = connection.prepare('INSERT OR IGNORE INTO backlog (peer, forward) VALUES (?, ?)')
    this.#queued = connection.prepare('SELECT queued FROM peers WHERE node = ?')
    this.#count = connection.prepare(
      'INSERT INTO peers (node, queued) VALUES (?, ?) ON CONFLICT DO UPDATE SET queued = queued + excluded.queued',
    )
    this.#unqueue = connection.prepare('DELETE FROM backlog WHERE peer = ? AND forward = ?')
    this.#arrived = connection.prepare('UPDATE forwards SET pending = pending - 1 WHERE id = ?')
    this.#forward = connection.prepare('SELECT id, position, body, until, peers, pending FROM forwards WHERE id = ?')
    this.#drop = connection.prepare('DELETE FROM forwards WHERE id = ?')
    this.#over = connection.prepare(
      'SELECT id, position, body, until, peers FROM forwards WHERE until <= ? ORDER BY until LIMIT ?',
    )
    this.#ofPeer = connection.prepare('SELECT forward FROM backlog WHERE peer = ? LIMIT ?')
    this.#dropPeer = connection.prepare('DELETE FROM peers WHERE node = ?')
    this.#setCursor = connection.prepare(
      'INSERT INTO peers (node, cursor) VALUES (?, ?) ON CONFLICT DO UPDATE SET cursor = excluded.cursor',
    )
  }

  /** A message starts its way to the others. */
  launchMessage(position: number, until: number, peers: readonly NodeId[]): ForwardId {
    return this.#start(position, null, until, peers)
  }

  /** A request starts its way to the others. */
  launchRequest({ peers, body, until }: RequestForward): ForwardId {
    return this.#start(null, body, until, peers)
  }

  #start(position: number | null, body: Uint8Array | null, until: number, peers: readonly NodeId[]): ForwardId {
    const keys = concatBytes(...peers.map(nodePublicKey))
    return forwardIdOf(this.#launch.insert([position, body, until, keys]))
  }

  /** Queues what did not arrive. Answers how many found no room. Of a way that has ended already: nothing happens. */
  land(id: number, unreached: readonly NodeId[]): number {
    if (unreached.length === 0) {
      this.#endFlight.run([id])
      return 0
    }
    const flight = this.#flight.get([id])
    if (flight === undefined) return 0
    this.#endFlight.run([id])
    const size = flight.body?.length ?? 0
    const isRoom = size === 0 || this.#totals.read().queuedBytes + size <= this.#limits.maxQueuedBytes
    const peers = isRoom ? unreached.map(nodePublicKey).filter(peer => this.#hasRoom(peer)) : []
    if (peers.length > 0) {
      this.#keep.run([id, flight.position, flight.body, flight.until, concatBytes(...peers), peers.length])
      for (const peer of peers) this.#queue.run([peer, id])
      for (const peer of peers) this.#count.run([peer, 1])
      this.#totals.add({ queuedBytes: size })
    }
    return unreached.length - peers.length
  }

  #hasRoom(peer: Uint8Array): boolean {
    return (this.#queued.get([peer])?.queued ?? 0) < this.#limits.maxQueuedPerPeer
  }

  /** After a crash: what was on its way is taken as not arrived anywhere. Up to `count`; answers how many there were. */
  recover(count: number): number {
    const flights = this.#flights.all([count])
    for (const { id, peers } of flights) this.land(id, splitPeers(peers).map(nodeIdOf))
    return flights.length
  }

  acknowledge(peer: NodeId, forwards: readonly ForwardId[]): void {
    for (const id of forwards) this.#arrive(nodePublicKey(peer), id)
  }

  #arrive(peer: Uint8Array, id: number): void {
    if (this.#unqueue.run([peer, id]) === 0) return
    this.#count.run([peer, -1])
    this.#arrived.run([id])
    const forward = this.#forward.get([id])
    if (forward?.pending === 0) this.#forget(forward)
  }

  #forget({ id, body }: FlightRow): void {
    this.#drop.run([id])
    this.#totals.add({ queuedBytes: -(body?.length ?? 0) })
  }

  /** Drops up to `count` that nobody needs any more. Answers how many. */
  prune(now: number, count: number): number {
    const over = this.#over.all([now, count])
    for (const { id, peers } of over) for (const peer of splitPeers(peers)) this.#arrive(peer, id)
    return over.length
  }

  /** Drops up to `count` of what waits for a peer, and at the end the peer. Answers how many there were. */
  dropPeer(node: NodeId, count: number): number {
    const peer = nodePublicKey(node)
    const waiting = this.#ofPeer.all([peer, count])
    for (const { forward } of waiting) this.#arrive(peer, forward)
    if (waiting.length < count) this.#dropPeer.run([peer])
    return waiting.length
  }

  /** How far a peer has got a dump. Spec 70, X6. */
  setCursor(peer: NodeId, cursor: Uint8Array | undefined): void {
    if (cursor !== undefined && cursor.length > MAX_CURSOR_BYTES) throw new NodeStoreError('node-store.failed')
    this.#setCursor.run([nodePublicKey(peer), cursor ?? null])
  }
}

function splitPeers(keys: Uint8Array): readonly ReturnType<typeof ed25519PublicKey>[] {
  const plain = keys
  return Array.from({ length: plain.length / 32 }, (_, at) => ed25519PublicKey(plain.slice(at * 32, at * 32 + 32)))
}
