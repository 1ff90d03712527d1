import { cpSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { createAccountSeed, deriveAccountKeys } from '@sotto/protocol/account'
import { MessengerHome, systemRandom } from '@sotto/client/node'
import { formatTable, type Row, whole } from '../../node/format.ts'
import { type BenchRun } from '../bench-run.ts'
import { type Traffic, trafficBetween } from '../people/counting-transport.ts'
import { startDevice } from '../people/device.ts'
import { fillInbox } from '../people/fill-inbox.ts'
import { startPerson, until, untilOnline, untilSent } from '../people/person.ts'
import { goal, median } from '../statistics.ts'
import { offlineInChromium } from '../web/offline-in-chromium.ts'

const goalPerSecond = 1500

interface Fetched {
  readonly seconds: number
  readonly cpuSeconds: number
  readonly traffic: Traffic
}

/**
 * Bob goes offline, then a friend writes a thousand messages; each round is a copy of his files that comes online. Measured from
 * `start`, with the network known already, until the last message is stored and the list says so.
 */
export async function benchOffline(bench: BenchRun): Promise<string> {
  const directory = await bench.directory()
  const { rounds, waiting } = bench.options
  const before = bench.folder('offline')
  const friend = deriveAccountKeys(createAccountSeed(systemRandom))
  const home = new MessengerHome({ folder: before })
  const account = await home.accounts.create('Bob')
  const bob = startPerson(account, await startDevice(directory, 'held'))
  await bob.client.command('messages.send', { id: 'first', conversation: friend.accountId, body: 'Write to me' })
  await Promise.all([untilOnline(bob), untilSent(bob)])
  await bob.stop()
  await fillInbox(directory, friend, bob.accountId, waiting)
  const results: Fetched[] = []
  // The first one compiles what the others run.
  for (let round = 0; round <= rounds; round++) {
    const folder = bench.folder(`offline-${round}`)
    cpSync(before, folder, { recursive: true })
    const found = await fetchAll(bench, folder, friend.accountId)
    if (round > 0) results.push(found)
  }
  const chromium = bench.options.chromium ? await offlineInChromium(bench) : undefined
  return format(results, waiting, chromium === undefined ? [] : [chromium])
}

async function fetchAll(bench: BenchRun, folder: string, friend: string): Promise<Fetched> {
  const home = new MessengerHome({ folder })
  const [record] = await home.accounts.list()
  if (record === undefined) throw new Error('the copy has the account')
  const device = await startDevice(await bench.directory(), 'held')
  const account = await home.accounts.unlock(record.slot)
  const traffic = device.transport.traffic
  const cpu = process.cpuUsage()
  const start = performance.now()
  const bob = startPerson(account, device)
  const { waiting } = bench.options
  await until(bob, 'conversations.get', { conversation: friend }, view => (view?.unreadCount ?? 0) >= waiting)
  const seconds = (performance.now() - start) / 1000
  const { user, system } = process.cpuUsage(cpu)
  const result = {
    seconds,
    cpuSeconds: (user + system) / 1e6,
    traffic: trafficBetween(traffic, device.transport.traffic),
  }
  await bob.stop()
  return result
}

function format(results: readonly Fetched[], count: number, others: readonly Row[]): string {
  const perSecond = results.map(({ seconds }) => count / seconds)
  const perCpuSecond = results.map(({ cpuSeconds }) => count / cpuSeconds)
  const head: Row = ['where', 'messages/s', 'goal', 'best round', 'per CPU s', 'requests', 'KB received']
  const middle = median(perSecond)
  const row: Row = [
    `Node, ${whole(count)} messages`,
    whole(middle),
    goal(`≥ ${whole(goalPerSecond)}`, middle >= goalPerSecond),
    whole(Math.max(...perSecond)),
    whole(median(perCpuSecond)),
    whole(median(results.map(({ traffic }) => traffic.requests))),
    whole(median(results.map(({ traffic }) => traffic.receivedBytes)) / 1000),
  ]
  return formatTable(head, [row, ...others])
}
