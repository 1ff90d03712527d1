import { type NodeDirectory, type NodeEntry } from '@sotto/registry'
import { pause } from '../deadline.ts'
import { type Dice } from '../dice.ts'
import { type TimeLimits } from '../limits.ts'
import { NetworkError } from '../network-error.ts'
import { type NodeNetworks } from '../paths/node-networks.ts'
import { type PathSet } from '../paths/path-set.ts'
import { type Clock } from '../ports/clock.ts'
import { type NodeCaller } from '../session/node-caller.ts'
import { type TimeSample } from './time-round.ts'

/** What asking for the time needs of the rest. */
export interface TimeAskerOptions {
  readonly directory: NodeDirectory
  readonly clock: Clock
  readonly dice: Dice
  readonly networks: NodeNetworks
  readonly limits: TimeLimits
  readonly paths: PathSet
  readonly caller: NodeCaller
  /** What the node says of itself besides. */
  readonly onInfo: (node: NodeEntry, capabilities: readonly string[]) => void
}

/** Nodes that are asked in place of others which did not answer. */
const RESERVES = 3
/** Once enough have answered, the others get this much longer, in ms. */
const GRACE_MS = 500

/** Asks several nodes of different networks for their time, each through a path, with `info`. Spec 70 §6.5. */
export async function askTime(options: TimeAskerOptions, outer: AbortSignal): Promise<readonly TimeSample[]> {
  const { clock, limits } = options
  const nodes = chooseNodes(options)
  const controller = new AbortController()
  const signal = AbortSignal.any([outer, controller.signal])
  const samples: TimeSample[] = []
  const wanted = Math.min(limits.samples, nodes.length)
  const reserve = nodes.slice(wanted)
  const askOne = async (first: NodeEntry | undefined): Promise<void> => {
    for (let node = first; node !== undefined; node = reserve.shift()) {
      const sample = await sampleOf(options, node, signal)
      if (sample === undefined) continue
      samples.push(sample)
      if (samples.length === limits.minSamples) void pause(clock, GRACE_MS, signal).then(stop, () => {})
      return
    }
  }
  const stop = (): void => controller.abort(new NetworkError('network.aborted'))
  void pause(clock, limits.roundMs, signal).then(stop, () => {})
  await Promise.all(nodes.slice(0, wanted).map(async node => askOne(node)))
  stop()
  return samples
}

/** As many as are wanted and a few more, all of different networks. */
function chooseNodes({ directory, dice, networks, limits }: TimeAskerOptions): readonly NodeEntry[] {
  const seen = new Set<string>()
  const nodes: NodeEntry[] = []
  for (const node of dice.shuffled(directory.list().nodes)) {
    if (nodes.length === limits.samples + RESERVES) break
    const key = networks.keyOf(node)
    if (node.state !== 'active' || seen.has(key)) continue
    seen.add(key)
    nodes.push(node)
  }
  return nodes
}

async function sampleOf(
  { clock, limits, paths, caller, onInfo }: TimeAskerOptions,
  node: NodeEntry,
  signal: AbortSignal,
): Promise<TimeSample | undefined> {
  try {
    const path = paths.take({ destination: node.ed25519 })
    const request = { method: 'info', params: {} } as const
    const answer = await caller.call({ path, node, request, timeoutMs: limits.roundMs, signal })
    if (answer.kind === 'failed' || answer.outcome.kind !== 'reply') return undefined
    const { t, timestamp = t, capabilities } = answer.outcome.reply
    onInfo(node, capabilities)
    if (timestamp === undefined) return undefined
    return { id: node.ed25519, offset: timestamp + answer.tripMs / 2 - clock.monotonic() }
  } catch (error) {
    if (error instanceof NetworkError) return undefined
    throw error
  }
}
