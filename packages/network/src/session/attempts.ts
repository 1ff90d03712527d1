import { aborted, pause } from '../deadline.ts'
import { type Dice } from '../dice.ts'
import { NetworkError } from '../network-error.ts'
import { type Clock } from '../ports/clock.ts'

/** What became of one attempt. */
export type Attempted<Result> =
  | { readonly kind: 'done'; readonly result: Result }
  /** Another one may do better. */
  | { readonly kind: 'again'; readonly error: NetworkError }

/** What attempts need of the rest. */
export interface AttemptPorts {
  readonly clock: Clock
  readonly dice: Dice
  /** How long one attempt may take, in ms. */
  readonly attemptMs: number
}

/** How long all of them may take. */
export interface AttemptLimits {
  readonly deadlineMs: number
  readonly signal?: AbortSignal | undefined
}

/** One of them: how long it may take and what ends it. */
export interface AttemptContext {
  /** From the moment at which it is read: an attempt may be several requests. At least 1. */
  readonly timeoutMs: number
  readonly signal?: AbortSignal | undefined
}

/** The first repetition follows at once, later ones after pauses from the first to the second, in ms. */
const pauses = { first: 50, longest: 2000 }

/**
 * Tries until one attempt is done, throws, or the time is over.
 * @throws {NetworkError} of the last attempt, with the number of `attempts`; `network.aborted`
 */
export async function tryUntil<Result>(
  { clock, dice, attemptMs }: AttemptPorts,
  { deadlineMs, signal }: AttemptLimits,
  attempt: (context: AttemptContext) => Promise<Attempted<Result>>,
): Promise<Result> {
  const end = clock.monotonic() + deadlineMs
  let last = new NetworkError('network.timed-out')
  for (let attempts = 0; ; attempts++) {
    if (signal?.aborted === true) throw aborted()
    const left = end - clock.monotonic()
    if (left <= 0) throw new NetworkError(last.code, { ...last.detail, attempts }, { cause: last })
    const outcome = await attempt({
      get timeoutMs() {
        return Math.max(1, Math.min(attemptMs, end - clock.monotonic()))
      },
      signal,
    })
    if (outcome.kind === 'done') return outcome.result
    last = outcome.error
    if (attempts === 0) continue
    const wait = dice.about(Math.min(pauses.longest, pauses.first * 2 ** (attempts - 1)))
    await pause(clock, Math.max(0, Math.min(wait, end - clock.monotonic())), signal)
  }
}
