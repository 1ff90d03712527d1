import { setTimeout as sleep } from 'node:timers/promises'
import { SottoError } from '@sotto/protocol/error'
import { type NodeRules } from '../check-nodes.ts'
import { agreeOnNodes } from '../rpc/agree-on-nodes.ts'
import { parseJsonRpcReply, type ServiceNodesAnswer } from '../rpc/parse-service-nodes.ts'
import { type ServiceNodeList } from '../service-node-list.ts'
import { SeedError } from './seed-error.ts'
import { askSeed, type Seed } from './seed-request.ts'

/** Which seeds are asked and when they are believed. */
export interface SeedOptions extends NodeRules {
  readonly seeds: readonly Seed[]
  readonly clock: { now(): number }
  readonly signal: AbortSignal
  /** How many seeds must say the same of a node: more than half of all. Default: just more than half. */
  readonly needed?: number
  /** On how many nodes they must agree. Default 24; local networks have fewer. Spec 20 §1.4. */
  readonly minNodes?: number
  /** Of one question to one seed. Default 5,000. */
  readonly timeoutMs?: number
  /** How often all are asked, and the wait after the first failure, which doubles. Default 4 and 1,000. */
  readonly attempts?: number
  /** See `attempts`. */
  readonly retryDelayMs?: number
}

/**
 * The list of nodes on which the seeds agree. All are asked at once, and a seed that fails counts as one that says
 * nothing. Spec 20 §1.2, spec 70 X22.
 * @throws {SeedError} `seed.bad-settings`, `seed.too-few-answers` (its cause is the last seed's failure),
 * `seed.disagreement`; the signal's reason once that aborts
 */
export async function fetchFromSeeds(options: SeedOptions): Promise<ServiceNodeList> {
  const { seeds, signal, attempts = 4, retryDelayMs = 1000 } = options
  const needed = options.needed ?? Math.floor(seeds.length / 2) + 1
  if (!Number.isInteger(needed) || needed > seeds.length || 2 * needed <= seeds.length) {
    throw new SeedError('seed.bad-settings', { needed, seeds: seeds.length })
  }
  for (let attempt = 1; ; attempt++) {
    try {
      return await attemptOnce(options, needed)
    } catch (cause) {
      signal.throwIfAborted()
      if (!(cause instanceof SeedError) || attempt >= attempts) throw cause
      await sleep(retryDelayMs * 2 ** (attempt - 1), undefined, { signal })
    }
  }
}

async function attemptOnce(options: SeedOptions, needed: number): Promise<ServiceNodeList> {
  const { seeds, clock, minNodes = 24 } = options
  const outcomes = await Promise.allSettled(seeds.map(async seed => ask(seed, options)))
  const answers = outcomes.flatMap(outcome => (outcome.status === 'fulfilled' ? [outcome.value] : []))
  if (answers.length < needed) throw tooFew(outcomes, needed)
  const list = agreeOnNodes(answers, needed, clock.now())
  const { length } = list.nodes
  if (length < Math.max(1, minNodes)) throw new SeedError('seed.disagreement', { agreed: length, minNodes })
  return list
}

async function ask(seed: Seed, { timeoutMs = 5000, signal, ...rules }: SeedOptions): Promise<ServiceNodesAnswer> {
  return parseJsonRpcReply(await askSeed(seed, timeoutMs, signal), rules)
}

/** Programming errors are not taken for silent seeds. */
function tooFew(outcomes: readonly PromiseSettledResult<unknown>[], needed: number): unknown {
  const causes: unknown[] = outcomes.flatMap(outcome => (outcome.status === 'rejected' ? [outcome.reason] : []))
  const bug = causes.find(cause => !(cause instanceof SottoError))
  const answers = outcomes.length - causes.length
  return bug ?? new SeedError('seed.too-few-answers', { answers, needed }, { cause: causes.at(-1) })
}
