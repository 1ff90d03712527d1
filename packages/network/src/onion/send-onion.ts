import { type RandomBytes, releaseBytes } from '@sotto/protocol/crypto'
import {
  attributeFault,
  type BuiltOnion,
  buildOnion,
  drawLayerSecrets,
  OnionError,
  type OnionFailure,
  type OnionFault,
  type OnionOptions,
  type OnionPath,
  type OpenedReply,
  openReply,
} from '@sotto/protocol/onion'
import { type NodeEntry } from '@sotto/registry'
import { withDeadline } from '../deadline.ts'
import { NetworkError } from '../network-error.ts'
import { type Clock } from '../ports/clock.ts'
import { type PostReply, type Transport } from '../ports/transport.ts'

/** What sending needs of the world. */
export interface OnionPorts {
  readonly transport: Transport
  readonly clock: Clock
  readonly random: RandomBytes
}

/** One request on its way. */
export interface OnionOrder {
  readonly path: OnionPath
  /** Whom it is posted to: the first hop. */
  readonly guard: NodeEntry
  /** Perhaps in pieces. */
  readonly payload: Uint8Array | readonly Uint8Array[]
  readonly options: OnionOptions
  readonly timeoutMs: number
  readonly signal?: AbortSignal | undefined
  /** See `PostOptions`. */
  readonly onProgress?: ((bytes: number) => void) | undefined
}

/** What became of it. */
export type OnionResult =
  | {
      readonly kind: 'answered'
      readonly reply: Exclude<OpenedReply, { readonly from: 'hop' }>
      /** From the call to the answer, ms. */
      readonly tripMs: number
    }
  /** It never left: the fault is on this side of all guards, and none of them is to blame. */
  | { readonly kind: 'unsent'; readonly error: NetworkError }
  /** The destination did answer, with bytes that make no sense. */
  | { readonly kind: 'nonsense' }
  | { readonly kind: 'failed'; readonly failure: OnionFailure; readonly fault: OnionFault }

/** Errors of nodes are short; more is not looked at. */
const MAX_TEXT = 512

/**
 * Sends one onion and opens what comes back. That it fails on the way is a result, with who is at fault as far as it can be
 * known. Spec 20 §4.3 to §4.6.
 * @throws {NetworkError} `network.aborted`, `network.too-large`
 */
export async function sendOnion(order: OnionOrder, { transport, clock, random }: OnionPorts): Promise<OnionResult> {
  const { onProgress, path, guard, timeoutMs, signal } = order
  const watched = onProgress === undefined ? {} : { onProgress }
  const onion = build(order, random)
  const start = clock.monotonic()
  const posted = await withDeadline({ clock, ms: timeoutMs, signal }, async inner =>
    transport.post(guard, '/onion_req/v2', onion.request, { timeoutMs, signal: inner, ...watched }),
  ).catch((error: unknown) => failureOf(error))
  if ('error' in posted) return posted
  if ('kind' in posted) return { kind: 'failed', failure: posted, fault: attributeFault(posted, path) }
  if (posted.requestIsFree === true) releaseBytes(onion.request)
  const result = open(posted, onion, clock.monotonic() - start)
  // What opened has memory of its own.
  releaseBytes(posted.body)
  return result
}

function build({ path, payload, options }: OnionOrder, random: RandomBytes): BuiltOnion {
  try {
    return buildOnion(payload, path, drawLayerSecrets(random, options.cipher, path.hops.length + 1), options)
  } catch (cause) {
    if (!(cause instanceof OnionError) || cause.code !== 'onion.too-large') throw cause
    throw new NetworkError('network.too-large', {}, { cause })
  }
}

/** The transport says no more than that. */
function failureOf(error: unknown): OnionFailure | { readonly kind: 'unsent'; readonly error: NetworkError } {
  if (!(error instanceof NetworkError)) throw error
  if (error.code === 'network.unreachable' && error.detail['local'] === true) return { kind: 'unsent', error }
  if (error.code === 'network.unreachable') return { kind: 'unreachable-guard' }
  if (error.code === 'network.timed-out') return { kind: 'no-answer' }
  throw error
}

function open({ status, body }: PostReply, { keys }: BuiltOnion, tripMs: number): OnionResult {
  const reply = tryOpen(body, keys)
  if (reply === 'nonsense') return { kind: 'nonsense' }
  if (reply !== undefined && reply.from !== 'hop') return { kind: 'answered', reply, tripMs }
  const failure: OnionFailure =
    reply === undefined ? { kind: 'plain', status, text: plainText(body) } : { kind: 'sealed', at: reply.hop }
  return { kind: 'failed', failure, fault: attributeFault(failure, keys.path) }
}

/** `undefined` if no key opens it. What opens and still cannot be read is the destination's nonsense, or a hop's. */
function tryOpen(body: Uint8Array, keys: BuiltOnion['keys']): OpenedReply | 'nonsense' | undefined {
  try {
    return openReply(body, keys)
  } catch (error) {
    if (!(error instanceof OnionError)) throw error
    return error.code === 'onion.reply-unreadable' || error.code === 'onion.too-large' ? undefined : 'nonsense'
  }
}

const lenient = new TextDecoder()

function plainText(body: Uint8Array): string {
  return lenient.decode(body.subarray(0, MAX_TEXT))
}
