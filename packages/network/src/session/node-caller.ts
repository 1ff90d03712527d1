import { utf8Encode } from '@sotto/protocol/encoding'
import {
  formatRequest,
  type MethodName,
  type Outcome,
  parseOutcome,
  StorageError,
  type StorageRequest,
} from '@sotto/protocol/storage'
import { type NodeEntry } from '@sotto/registry'
import { Dice } from '../dice.ts'
import { NetworkError } from '../network-error.ts'
import { type OnionPorts, type OnionResult, sendOnion } from '../onion/send-onion.ts'
import { type Bucket, padToBucket } from '../onion/padded-size.ts'
import { errorOf } from '../paths/blame.ts'
import { routeTo } from '../paths/onion-path.ts'
import { type Path } from '../paths/path.ts'
import { type PathDoctor } from '../paths/path-doctor.ts'
import { type PathKeeper } from '../paths/path-keeper.ts'

/** One request over one path. */
export interface NodeCall<M extends MethodName> {
  readonly path: Path
  readonly node: NodeEntry
  readonly request: StorageRequest<M>
  readonly timeoutMs: number
  readonly signal?: AbortSignal | undefined
  /** Default `request`. */
  readonly bucket?: Bucket
}

/** What came of it. */
export type NodeAnswer<M extends MethodName> =
  | { readonly kind: 'outcome'; readonly outcome: Outcome<M>; readonly tripMs: number }
  /** `isNode`: it is the node's fault, the path may be fine. */
  | { readonly kind: 'failed'; readonly error: NetworkError; readonly isNode: boolean }

/** Asks nodes through paths, and keeps the books about who is at fault when that fails. */
export class NodeCaller {
  readonly #ports: OnionPorts
  readonly #keeper: PathKeeper
  readonly #doctor: PathDoctor
  readonly #dice: Dice

  constructor(ports: OnionPorts, keeper: PathKeeper, doctor: PathDoctor) {
    this.#ports = ports
    this.#keeper = keeper
    this.#doctor = doctor
    this.#dice = new Dice(ports.random)
  }

  /** @throws {NetworkError} `network.aborted`, `network.too-large` */
  async call<M extends MethodName>(call: NodeCall<M>): Promise<NodeAnswer<M>> {
    const { path, node, timeoutMs, signal } = call
    const [guard] = path.hops
    if (guard === undefined) throw new NetworkError('network.no-nodes')
    const route = routeTo(path.hops, node, this.#dice)
    const payload = padToBucket(formatRequest(call.request), route.path, route.options, call.bucket ?? 'request')
    const result = await sendOnion({ ...route, guard, payload, timeoutMs, signal }, this.#ports)
    return this.#judge(call, result)
  }

  #judge<M extends MethodName>({ path, node, request }: NodeCall<M>, result: OnionResult): NodeAnswer<M> {
    if (result.kind === 'unsent') return { kind: 'failed', error: result.error, isNode: false }
    if (result.kind === 'failed') {
      const { failure, fault } = result
      const isNode = fault.kind === 'suspected' && fault.at === path.hops.length
      if (isNode) this.#keeper.strike(path, node.ed25519)
      if (this.#keeper.failed(path, failure, fault)) this.#doctor.examine(path)
      return { kind: 'failed', error: errorOf(failure, fault), isNode }
    }
    this.#keeper.succeeded(path)
    const outcome = result.kind === 'answered' ? outcomeOf(request, result.reply) : undefined
    if (outcome !== undefined && result.kind === 'answered') {
      return { kind: 'outcome', outcome, tripMs: result.tripMs }
    }
    this.#keeper.strike(path, node.ed25519)
    return { kind: 'failed', error: new NetworkError('network.bad-reply'), isNode: true }
  }
}

/** `undefined` for what is no answer to this request. */
function outcomeOf<M extends MethodName>(
  request: StorageRequest<M>,
  reply: Extract<OnionResult, { readonly kind: 'answered' }>['reply'],
): Outcome<M> | undefined {
  if (reply.from !== 'node') return undefined
  try {
    return parseOutcome(request, reply.status, utf8Encode(reply.body))
  } catch (error) {
    if (error instanceof StorageError) return undefined
    throw error
  }
}
