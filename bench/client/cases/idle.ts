import { setTimeout as sleep } from 'node:timers/promises'
import { MessengerHome } from '@sotto/client/node'
import { formatTable, ratio, type Row, whole } from '../../node/format.ts'
import { type BenchRun } from '../bench-run.ts'
import { type Traffic, trafficBetween } from '../people/counting-transport.ts'
import { startDevice, type Waiting } from '../people/device.ts'
import { type Person, startPerson, untilOnline } from '../people/person.ts'
import { goal } from '../statistics.ts'

const goalRatio = 1 / 3
/** How long everybody is left alone before it counts: what comes with the start is not idle traffic. */
const settleMs = 30_000

/** Traffic of an hour, for one person. */
interface Hourly {
  readonly requests: number
  readonly sentBytes: number
  readonly receivedBytes: number
}

/**
 * Some people with held retrieves and as many who poll, at the same time, for some minutes of real time; the traffic of each kind
 * is taken together and stretched to an hour. What happens once an hour is in it as far as it fell into these minutes.
 */
export async function benchIdle(bench: BenchRun): Promise<string> {
  const home = new MessengerHome({ folder: bench.folder('idle') })
  const { minutes, people } = bench.options
  const held = await appear(bench, home, 'held', people)
  const polling = await appear(bench, home, 'polling', people)
  await sleep(settleMs)
  const before = { held: total(held), polling: total(polling) }
  await sleep(minutes * 60_000)
  const between = {
    held: trafficBetween(before.held, total(held)),
    polling: trafficBetween(before.polling, total(polling)),
  }
  for (const person of [...held, ...polling]) await person.stop()
  const share = people * (minutes / 60)
  return format(hourly(between.held, share), hourly(between.polling, share))
}

async function appear(bench: BenchRun, home: MessengerHome, waiting: Waiting, count: number): Promise<Person[]> {
  const people: Person[] = []
  for (let made = 0; made < count; made++) {
    const device = await startDevice(await bench.directory(), waiting)
    const person = startPerson(await home.accounts.create('Somebody'), device)
    await untilOnline(person)
    people.push(person)
  }
  return people
}

function total(people: readonly Person[]): Traffic {
  const sum = (pick: (traffic: Traffic) => number): number =>
    people.reduce((so, { device }) => so + pick(device.transport.traffic), 0)
  return {
    requests: sum(({ requests }) => requests),
    sentBytes: sum(({ sentBytes }) => sentBytes),
    receivedBytes: sum(({ receivedBytes }) => receivedBytes),
  }
}

/** `share` is how many hours of one person were watched. */
function hourly({ requests, sentBytes, receivedBytes }: Traffic, share: number): Hourly {
  return { requests: requests / share, sentBytes: sentBytes / share, receivedBytes: receivedBytes / share }
}

function format(held: Hourly, polling: Hourly): string {
  const head: Row = ['in an hour', 'requests', 'KB sent', 'KB received', 'KB together']
  const together = ({ receivedBytes, sentBytes }: Hourly): number => receivedBytes + sentBytes
  const requests = held.requests / polling.requests
  const bytes = together(held) / together(polling)
  const both = requests <= goalRatio && bytes <= goalRatio
  const rows: readonly Row[] = [
    rowOf('held retrieves', held),
    rowOf('two members every 5 s', polling),
    [
      `held : polling, goal ${goal('≤ 0.33', both)}`,
      ratio(requests),
      ratio(held.sentBytes / polling.sentBytes),
      ratio(held.receivedBytes / polling.receivedBytes),
      ratio(bytes),
    ],
  ]
  return formatTable(head, rows)
}

function rowOf(name: string, { receivedBytes, requests, sentBytes }: Hourly): Row {
  const kilobytes = [sentBytes, receivedBytes, sentBytes + receivedBytes].map(each => whole(each / 1000))
  return [name, whole(requests), ...kilobytes]
}
