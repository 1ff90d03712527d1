import { equalBytes, type Nonce24, nonce24, type RandomBytes, releaseBytes } from '@sotto/protocol/crypto'
import { type NodeId } from '@sotto/protocol/swarm'
import { type NodeDirectory, type NodeEntry } from '@sotto/registry'
import { type Clock } from '../../clock/clock.ts'
import { LinkError } from './link-error.ts'
import { HELLO_METHOD, type MethodAnswer, UNKNOWN_SESSION } from './member-endpoint.ts'
import { type FramedBody } from './framed-body.ts'
import { type MemberAnswer, openAnswer, reopenRequest, sealRequest, SESSION_BYTES } from './member-frame.ts'
import { memberLinkCapability, memberLinkPath, type MemberReply, type MemberTransport } from './member-transport.ts'
import { type PairKeyRing, type PairKeys } from './pair-keys.ts'

/** What the client needs. */
export interface MemberClientParts {
  readonly id: NodeId
  readonly keys: PairKeyRing
  readonly directory: NodeDirectory
  readonly transport: MemberTransport
  readonly clock: Clock
  readonly random: RandomBytes
  /** Aborts when nothing is asked any more. */
  readonly stopped: AbortSignal
  /** Told of every answer: the other node's clock minus ours, by half the round trip corrected. Spec 70 §6.5. */
  readonly onTime: (node: NodeId, offsetMs: number) => void
}

/** How long to wait, and what for. */
export interface AskOptions {
  readonly timeoutMs: number
  readonly signal: AbortSignal
}

/** What was sealed for another node, with what opens the answer. */
interface SealedQuestion {
  readonly entry: NodeEntry
  readonly keys: PairKeys
  readonly nonce: Nonce24
  /** On the monotonic clock. */
  readonly startedAt: number
  readonly frame: Uint8Array
  /** What the frame lies in, and nothing else. */
  readonly memory: Uint8Array
}

interface OwnSession {
  readonly id: Uint8Array
  counter: number
}

/** A session, as the promise that many may wait for and as what has come of it. */
interface Slot {
  readonly opening: Promise<OwnSession>
  open: OwnSession | undefined
}

/** Longer bodies go by the link for large messages. Spec 21 §3. */
const largeBytes = 65_536
/** Half of it is how wrong the other's clock can seem, ms. */
const maxRoundTripMs = 2_000
const noSession = new Uint8Array(SESSION_BYTES)
const empty = new Uint8Array()

/** The side of the member link that asks. */
export class MemberClient {
  readonly #parts: MemberClientParts
  readonly #sessions = new Map<NodeId, Slot>()

  constructor(parts: MemberClientParts) {
    this.#parts = parts
  }

  /**
   * Asks another node. The answer is proved to be that node's, to this very question; what it says is not checked. The memory
   * of a body that comes with it is not the caller's any more, whatever happens.
   * @throws {LinkError} `link.unreachable`, `link.unknown-node`, `link.refused`, `link.bad-answer`
   */
  async ask(node: NodeId, method: string, body: Uint8Array | FramedBody, options: AskOptions): Promise<MethodAnswer> {
    const session = this.#sessions.get(node)?.open ?? (await this.#session(node, options))
    const sealed = this.#seal(node, session, method, body)
    const answer = await this.#send(sealed, options)
    if (answer.status !== UNKNOWN_SESSION) return answer
    this.#forget(node, session)
    const again = reopenRequest(sealed.frame, sealed.keys.askKey)
    return this.#send(this.#seal(node, await this.#session(node, options), method, again), options)
  }

  /** One hello for all requests that wait for it. */
  #session(node: NodeId, options: AskOptions): Promise<OwnSession> {
    const known = this.#sessions.get(node)
    if (known !== undefined) return known.opening
    this.#dropUnlisted()
    // Others may wait for it too, so it does not end with the request that came first.
    const opening = this.#hello(node, { timeoutMs: options.timeoutMs, signal: this.#parts.stopped })
    const slot: Slot = { opening, open: undefined }
    this.#sessions.set(node, slot)
    opening.then(
      session => (slot.open = session),
      () => {
        if (this.#sessions.get(node) === slot) this.#sessions.delete(node)
      },
    )
    return opening
  }

  async #hello(node: NodeId, options: AskOptions): Promise<OwnSession> {
    const answer = await this.#send(this.#seal(node, { id: noSession, counter: 0 }, HELLO_METHOD, empty), options)
    if (answer.status !== 200 || answer.body.length !== SESSION_BYTES) throw new LinkError('link.bad-answer')
    return { id: answer.body.slice(), counter: 0 }
  }

  /** Only if nobody else has opened a new one meanwhile. */
  #forget(node: NodeId, session: OwnSession): void {
    if (this.#sessions.get(node)?.open === session) this.#sessions.delete(node)
  }

  #seal(node: NodeId, session: OwnSession, method: string, body: Uint8Array | FramedBody): SealedQuestion {
    const { clock, random, id } = this.#parts
    const [entry, keys] = this.#peer(node)
    const nonce = nonce24(random(24))
    const request = { session: session.id, counter: session.counter++, sentAt: clock.now(), method, body }
    const startedAt = clock.monotonic()
    const frame = sealRequest(request, id, keys.askKey, nonce)
    const given = body instanceof Uint8Array ? undefined : body.memory
    return { entry, keys, nonce, startedAt, frame, memory: given?.buffer === frame.buffer ? given : frame }
  }

  /** Without `async`, and with one step for the answer: a request between nodes is dear by its steps. */
  #send(sealed: SealedQuestion, { timeoutMs, signal }: AskOptions): Promise<MemberAnswer> {
    const { ip, httpsPort: port, ed25519: nodeId, capabilities } = sealed.entry
    const options = { timeoutMs, signal, large: sealed.frame.length > largeBytes }
    return this.#parts.transport
      .request({ ip, port, nodeId, capabilities }, memberLinkPath, sealed.frame, options)
      .then(
        reply => {
          const answer = readAnswer(reply, sealed)
          this.#tellTime(nodeId, answer, sealed.startedAt)
          // Until then it may have to be sealed for another session.
          if (reply.requestIsFree === true && answer.status !== UNKNOWN_SESSION) releaseBytes(sealed.memory)
          return answer
        },
        (cause: unknown) => {
          throw new LinkError('link.unreachable', {}, { cause })
        },
      )
  }

  /** An answer that was long in coming, as that of a relayed onion may be, says little about the time. */
  #tellTime(node: NodeId, { sentAt }: MemberAnswer, startedAt: number): void {
    const { clock, onTime } = this.#parts
    const roundTrip = clock.monotonic() - startedAt
    if (roundTrip <= maxRoundTripMs) onTime(node, sentAt + roundTrip / 2 - clock.now())
  }

  #peer(node: NodeId): readonly [NodeEntry, PairKeys] {
    const entry = this.#parts.directory.byId(node)
    const keys = this.#parts.keys.of(node)
    if (entry === undefined || keys === undefined) throw new LinkError('link.unknown-node')
    if (!entry.capabilities.includes(memberLinkCapability)) throw new LinkError('link.unreachable')
    return [entry, keys]
  }

  #dropUnlisted(): void {
    if (this.#sessions.size < this.#parts.directory.list().nodes.length) return
    for (const node of this.#sessions.keys()) {
      if (this.#parts.directory.byId(node) === undefined) this.#sessions.delete(node)
    }
  }
}

/** A status without a frame is not sealed, so anybody on the way could have said it. */
function readAnswer({ status, body }: MemberReply, { keys, nonce }: SealedQuestion): MemberAnswer & MethodAnswer {
  if (status !== 200) throw new LinkError('link.refused', { status })
  try {
    const answer = openAnswer(body, keys.answeredKey)
    if (equalBytes(answer.requestNonce, nonce)) return { ...answer, memory: body }
  } catch (cause) {
    if (cause instanceof LinkError) throw new LinkError('link.bad-answer', {}, { cause })
    throw cause
  }
  throw new LinkError('link.bad-answer')
}
