import { randomBelow, seededRandom } from '@sotto/testing'
import { type Layout, layoutOf } from '../swarm/local-swarm.ts'
import { type Scenario } from './cluster/run-scenario.ts'

/** A kind of run under faults; from a seed follows one of that kind. */
export interface ScenarioKind {
  readonly name: string
  readonly of: (seed: number) => Scenario
}

/** 3 to `max` members. */
function sizeOf(seed: number, max: number): number {
  return 3 + randomBelow(seededRandom(seed * 7 + 5), max - 2)
}

/** A swarm of ten splits, its halves change members, one of them dissolves: each account moves several times. */
function moving(seed: number): readonly Layout[] {
  const random = seededRandom(seed * 11 + 1)
  const [low, high] = [1n << 40n, (1n << 63n) + 12_345n] as const
  const split = layoutOf([
    [low, 5],
    [high, 5],
  ])
  const ids = [...split.values()]
  const [a, b] = [ids[0], ids[9]]
  if (a === undefined || b === undefined) throw new Error('there are two swarms')
  const mixed = (): Layout => {
    const keys = [...split.keys()].toSorted(() => randomBelow(random, 3) - 1)
    return new Map(keys.map((key, at) => [key, at < 5 ? a : b]))
  }
  return [split, mixed(), layoutOf([[low, 10]])]
}

/** Everything that a swarm has to survive. Spec 70 §8, D1 to D6, D8, D9, D11. */
export const scenarioKinds: readonly ScenarioKind[] = [
  {
    name: 'loss, delay, duplicates and overtaking',
    of: seed => ({ seed, layout: layoutOf([[1n, sizeOf(seed, 6)]]), troubles: ['weather'] }),
  },
  {
    name: 'partitions',
    of: seed => ({ seed, layout: layoutOf([[1n, sizeOf(seed, 7)]]), troubles: ['partition', 'partition', 'weather'] }),
  },
  {
    name: 'power cuts with lost and torn writes',
    of: seed => ({ seed, layout: layoutOf([[1n, sizeOf(seed, 4)]]), troubles: ['kill'], tornDisks: true }),
  },
  {
    name: 'kills, freezes and bad links',
    of: seed => ({ seed, layout: layoutOf([[1n, sizeOf(seed, 5)]]), troubles: ['kill', 'freeze', 'weather'] }),
  },
  {
    name: 'clocks that are up to two minutes wrong',
    of: seed => ({
      seed,
      layout: layoutOf([[1n, sizeOf(seed, 5)]]),
      troubles: ['clock', 'clock', 'partition', 'kill'],
    }),
  },
  {
    name: 'a minority that never comes back',
    of: seed => ({ seed, layout: layoutOf([[1n, 5]]), troubles: ['kill', 'partition', 'weather'], goneForEver: 2 }),
  },
  {
    name: 'members that change swarms',
    // Old members forget what others serve after seconds instead of an hour, so that they do it in the middle of all that.
    of: seed => ({
      seed,
      layout: layoutOf([[1n << 40n, 10]]),
      troubles: ['weather'],
      moves: moving(seed),
      limits: { foreignMs: 12_000 },
    }),
  },
]
