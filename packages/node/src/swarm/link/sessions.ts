import { equalBytes, type RandomBytes } from '@sotto/protocol/crypto'
import { type NodeId } from '@sotto/protocol/swarm'
import { type NodeDirectory } from '@sotto/registry'
import { SESSION_BYTES } from './member-frame.ts'
import { ReplayWindow } from './replay-window.ts'

interface Session {
  readonly id: Uint8Array
  readonly window: ReplayWindow
}

interface Peer {
  current?: Session
  /** Given in answer to a hello; takes over when it is first used, so that a repeated hello of old ends nothing. */
  offered?: Session
}

/** The sessions that this node has agreed to, one for each node that asks it. No clock is needed to recognise repeats. */
export class MemberSessions {
  readonly #peers = new Map<NodeId, Peer>()
  readonly #directory: NodeDirectory
  readonly #random: RandomBytes
  readonly #onOpened: ((node: NodeId) => void) | undefined

  /** `onOpened` is told of a node that has begun to use a new session: it runs, and is who it says. */
  constructor(directory: NodeDirectory, random: RandomBytes, onOpened?: (node: NodeId) => void) {
    this.#directory = directory
    this.#random = random
    this.#onOpened = onOpened
  }

  /** The id of a session that the node may use from now on. A view of what is kept. */
  offer(node: NodeId): Uint8Array {
    if (!this.#peers.has(node)) this.#dropUnlisted()
    const peer = this.#peers.get(node) ?? {}
    const id = this.#random(SESSION_BYTES)
    peer.offered = { id, window: new ReplayWindow() }
    this.#peers.set(node, peer)
    return id
  }

  /** Whether a request is of a known session and new in it; `undefined` if the session is not known. */
  take(node: NodeId, id: Uint8Array, counter: number): boolean | undefined {
    const peer = this.#peers.get(node)
    if (peer?.offered !== undefined && equalBytes(peer.offered.id, id)) {
      peer.current = peer.offered
      delete peer.offered
      this.#onOpened?.(node)
    }
    const session = peer?.current
    if (session === undefined || !equalBytes(session.id, id)) return undefined
    return session.window.take(counter)
  }

  /** Only listed nodes get here, so no more are kept than nodes are listed. */
  #dropUnlisted(): void {
    if (this.#peers.size < this.#directory.list().nodes.length) return
    for (const node of this.#peers.keys()) if (this.#directory.byId(node) === undefined) this.#peers.delete(node)
  }
}
