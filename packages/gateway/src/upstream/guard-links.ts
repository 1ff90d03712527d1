import { type Ed25519KeyPair, type RandomBytes } from '@sotto/protocol/crypto'
import { type NodeEntry } from '@sotto/registry'
import { type LinkReply, NodeLinks, TransportError } from '@sotto/transport'
import { type GuardLimits, type GatewayLimits } from '../limits.ts'
import { OpeningGate } from './opening-gate.ts'

/** The one path that guards are asked at. Spec 20 §4.1. */
const path = '/onion_req/v2'

/** How one request is posted. */
export interface PostOptions {
  /** From now to the last byte of the reply. */
  readonly timeoutMs: number
  readonly signal: AbortSignal
  readonly maxReplyBytes: number
}

/**
 * Posts onions to guards: over one multiplexed link to each node of ours, to others over a connection for each request, of
 * which no more than a few are opened at a time. Spec 21 §3.
 */
export class GuardLinks {
  readonly #links: NodeLinks
  readonly #gate: OpeningGate
  readonly #limits: GuardLimits

  /** With a key the gateway names itself to guards of ours. See docs/protocol/node-link.md. */
  constructor(
    { links, guards }: Pick<GatewayLimits, 'links' | 'guards'>,
    { random, key }: { readonly random: RandomBytes; readonly key?: Ed25519KeyPair | undefined },
  ) {
    this.#links = new NodeLinks({ random, limits: links, ...(key === undefined ? {} : { gateway: key }) })
    this.#gate = new OpeningGate(guards)
    this.#limits = guards
  }

  /**
   * Whatever status the guard answers with is an answer.
   * @throws {TransportError} as `NodeLinks.request`; the reason of the signal once that aborts
   */
  async post(guard: NodeEntry, body: Uint8Array, options: PostOptions): Promise<LinkReply> {
    const { timeoutMs, signal } = options
    const maxReplyBytes = Math.min(options.maxReplyBytes, this.#limits.maxReplyBytes)
    const { ip, httpsPort: port, capabilities } = guard
    const target = { ip, port, capabilities }
    if (capabilities.length > 0) return this.#links.request(target, path, body, { timeoutMs, signal, maxReplyBytes })
    return withDeadline(options, async either =>
      this.#gate.run(either, async () =>
        this.#links.request(target, path, body, { timeoutMs, signal: either, maxReplyBytes }),
      ),
    )
  }

  /** Ends every connection; what waits rejects with `transport.stopped`. */
  stop(): void {
    this.#links.stop()
  }
}

/** Aborts with the signal, or after so long. A timer of `AbortSignal` would outlive the request. */
async function withDeadline<Result>(
  { timeoutMs, signal }: Pick<PostOptions, 'timeoutMs' | 'signal'>,
  run: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const control = new AbortController()
  const stop = (): void => control.abort(signal.reason)
  const expire = (): void => control.abort(new TransportError('transport.timeout', { timeoutMs }))
  const timer = setTimeout(expire, timeoutMs)
  signal.addEventListener('abort', stop)
  try {
    return await run(control.signal)
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', stop)
  }
}
