import { setTimeout as sleep } from 'node:timers/promises'
import { MessengerHome } from '@sotto/client/node'
import { formatTable, type Row } from '../../node/format.ts'
import { type BenchRun } from '../bench-run.ts'
import { startDevice, type Waiting } from '../people/device.ts'
import { type Person, startPerson, untilOnline } from '../people/person.ts'
import { Talk } from '../people/talk.ts'
import { goal, median, ms, quantile } from '../statistics.ts'

/** Between two messages, in ms: nobody writes at the moment when the last one has come. */
const gap = { min: 400, max: 1000 }
const warmUp = 15
const goals = { p50: 60, p99: 250, toPolling: 40 }

/**
 * Ada writes to Bob, whose requests are held, and to Cid, who asks two members every five seconds. She writes to them in turn,
 * so that whatever else the machine does hits both alike.
 */
export async function benchLatency(bench: BenchRun): Promise<string> {
  const home = new MessengerHome({ folder: bench.folder('latency') })
  const ada = await appear(bench, home, 'held')
  const bob = await appear(bench, home, 'held')
  const cid = await appear(bench, home, 'polling')
  const [toBob, toCid] = [new Talk(ada, bob), new Talk(ada, cid)]
  await Promise.all([toBob.begin(), toCid.begin()])
  for (let sent = 0; sent < warmUp; sent++) await toBob.send()
  const held: number[] = []
  const polled: Promise<number>[] = []
  for (let sent = 0; sent < bench.options.messages; sent++) {
    await sleep(someGap())
    held.push(await toBob.send())
    await sleep(someGap())
    polled.push(toCid.send())
  }
  const polling = await Promise.all(polled)
  const atOnce: number[] = []
  for (let sent = 0; sent < bench.options.messages; sent++) atOnce.push(await toBob.send())
  for (const talk of [toBob, toCid]) talk.end()
  for (const person of [ada, bob, cid]) await person.stop()
  return format(held, polling, atOnce)
}

async function appear(bench: BenchRun, home: MessengerHome, waiting: Waiting): Promise<Person> {
  const device = await startDevice(await bench.directory(), waiting)
  const person = startPerson(await home.accounts.create('Somebody'), device)
  await untilOnline(person)
  return person
}

function someGap(): number {
  return gap.min + Math.random() * (gap.max - gap.min)
}

function format(held: readonly number[], polling: readonly number[], atOnce: readonly number[]): string {
  const head: Row = ['ms', 'messages', 'p50', 'goal', 'p90', 'p99', 'goal', 'longest']
  const heldGoals = [
    goal(`≤ ${goals.p50}`, median(held) <= goals.p50),
    goal(`≤ ${goals.p99}`, quantile(held, 0.99) <= goals.p99),
  ] as const
  const rows = [
    rowOf('held retrieves', held, heldGoals),
    rowOf('polling every 5 s', polling, ['', '']),
    rowOf('held, each when the last has come', atOnce, ['', '']),
  ]
  const times = median(polling) / median(held)
  const wished = goal(`≥ ${goals.toPolling}`, times >= goals.toPolling)
  return `${formatTable(head, rows)}\n\nPolling takes ${times.toFixed(0)} times as long at the median (goal: ${wished}).`
}

function rowOf(name: string, values: readonly number[], [p50, p99]: readonly [string, string]): Row {
  const [p90, last, longest] = [quantile(values, 0.9), quantile(values, 0.99), quantile(values, 1)].map(ms)
  return [name, String(values.length), ms(median(values)), p50, p90 ?? '', last ?? '', p99, longest ?? '']
}
