import { type Nonce24, nonce24, type RandomBytes } from '@sotto/protocol/crypto'
import { type NodeId } from '@sotto/protocol/swarm'
import { type Clock } from '../../clock/clock.ts'
import { type FramedBody } from './framed-body.ts'
import { LinkError } from './link-error.ts'
import { type MemberRequest, openRequest, parseSealedRequest, sealAnswer, type SealedRequest } from './member-frame.ts'
import { type PairKeyRing, type PairKeys } from './pair-keys.ts'
import { type MemberSessions } from './sessions.ts'

/** What a method answers another node. */
export interface MethodAnswer {
  /** As in spec 20 §3.17. */
  readonly status: number
  readonly body: Uint8Array
  /** What the body lies in, if nobody else uses it: of an answer that came from another node. */
  readonly memory?: Uint8Array | undefined
}

/** What a method answers, its body perhaps where it lies. */
export type OwnAnswer = Pick<MethodAnswer, 'status'> & { readonly body: Uint8Array | FramedBody }

/**
 * Answers one method of the member link. The sender is proved and listed; nothing in the body is checked yet. `memory` is what
 * the body lies in: the method may use it up.
 */
export type MemberMethod = (
  body: Uint8Array,
  sender: NodeId,
  signal: AbortSignal,
  memory: Uint8Array,
) => Promise<OwnAnswer>

/** What the endpoint needs. */
export interface MemberEndpointParts {
  readonly keys: PairKeyRing
  readonly sessions: MemberSessions
  readonly clock: Clock
  readonly random: RandomBytes
  /** By name. A new method is a new line. */
  readonly methods: ReadonlyMap<string, MemberMethod>
  /** The most requests of one node that are answered at once. */
  readonly maxPending: number
  /** Told of what should not have happened. */
  readonly onFailure: (cause: unknown) => void
}

/** An answer over HTTP: 200 with a frame, or a status without a body where no keys are known to seal one with. */
export interface EndpointReply {
  readonly status: number
  readonly body: Uint8Array
  /** What the body lies in, to be given back when it is sent. */
  readonly memory?: Uint8Array
}

/** Asks for a session; everything else needs one. */
export const HELLO_METHOD = 'hello'
/** The session of a request is not known here: say hello and ask again. */
export const UNKNOWN_SESSION = 409
/** The request was answered before. */
const REPEATED_REQUEST = 425

const empty = new Uint8Array()
const failed = { status: 500, body: empty } as const

/** The side of the member link that is asked. Verifies who asks and that it is new, before anything is done. */
export class MemberEndpoint {
  readonly #parts: MemberEndpointParts
  readonly #pending = new Map<NodeId, number>()

  constructor(parts: MemberEndpointParts) {
    this.#parts = parts
  }

  /** Answers the frame of a request, which is used up. Never rejects. Without `async`: a request between nodes is dear by its steps. */
  handle(frame: Uint8Array, signal: AbortSignal): Promise<EndpointReply> {
    try {
      const sealed = parseSealedRequest(frame)
      const { sender, nonce } = sealed
      const keys = this.#parts.keys.of(sender)
      if (keys === undefined) return Promise.resolve({ status: 403, body: empty })
      const running = this.#begin(sender, openRequest(sealed, keys.askedKey), signal, frame)
      return running instanceof Promise
        ? this.#finish(running, { sender, nonce }, keys)
        : Promise.resolve(this.#seal(nonce, keys, running))
    } catch (error) {
      return Promise.resolve(this.#refuse(error))
    }
  }

  /** Beside `handle`, so that nothing of the request is kept while its answer is waited for. */
  #finish(running: Promise<OwnAnswer>, asked: Asked, keys: PairKeys): Promise<EndpointReply> {
    return running.then(
      answer => this.#over(asked, keys, answer),
      (error: unknown) => {
        this.#parts.onFailure(error)
        return this.#over(asked, keys, failed)
      },
    )
  }

  #refuse(error: unknown): EndpointReply {
    if (error instanceof LinkError) return { status: error.code === 'link.bad-frame' ? 400 : 403, body: empty }
    this.#parts.onFailure(error)
    return failed
  }

  /** A promise if the request is counted among those under way: then `#over` is to be called. */
  #begin(
    sender: NodeId,
    request: MemberRequest,
    signal: AbortSignal,
    frame: Uint8Array,
  ): OwnAnswer | Promise<OwnAnswer> {
    const { sessions, methods, maxPending } = this.#parts
    if (request.method === HELLO_METHOD) return { status: 200, body: sessions.offer(sender) }
    const isNew = sessions.take(sender, request.session, request.counter)
    if (isNew !== true) return { status: isNew === undefined ? UNKNOWN_SESSION : REPEATED_REQUEST, body: empty }
    const method = methods.get(request.method)
    if (method === undefined) return { status: 404, body: empty }
    // One node cannot take up all of another one.
    const pending = this.#pending.get(sender) ?? 0
    if (pending >= maxPending) return { status: 503, body: empty }
    this.#pending.set(sender, pending + 1)
    try {
      return method(request.body, sender, signal, frame)
    } catch (error) {
      return Promise.reject(error)
    }
  }

  #over({ sender, nonce }: Asked, keys: PairKeys, answer: OwnAnswer): EndpointReply {
    const left = (this.#pending.get(sender) ?? 1) - 1
    if (left > 0) this.#pending.set(sender, left)
    else this.#pending.delete(sender)
    return this.#seal(nonce, keys, answer)
  }

  #seal(requestNonce: Nonce24, { answerKey }: PairKeys, { status, body }: OwnAnswer): EndpointReply {
    const { clock, random } = this.#parts
    const answer = { requestNonce, sentAt: clock.now(), status, body }
    const frame = sealAnswer(answer, answerKey, nonce24(random(24)))
    const given = body instanceof Uint8Array ? undefined : body.memory
    return { status: 200, body: frame, memory: given?.buffer === frame.buffer ? given : frame }
  }
}

type Asked = Pick<SealedRequest, 'sender' | 'nonce'>
