import { performance } from 'node:perf_hooks'
import { type MessengerClient } from '@sotto/client'
import { formatTable, type Row, whole } from '../../node/format.ts'
import { type BenchRun } from '../bench-run.ts'
import { goal, median, ms, quantile } from '../statistics.ts'
import { type LargeStore, largeStore, openOffline } from '../store/large-store.ts'
import { wordOf } from '../store/words.ts'

const goals = { open: 500, page: 1, search: 10, ranked: 50 }
const openings = 7
const pages = 300
const searches = 30

/** Opening an account with very many messages, showing what is newest, and finding something. */
export async function benchStore({ options }: BenchRun): Promise<string> {
  const store = await largeStore(options.stored, options.fresh)
  const opened = await measureOpening(store)
  const { client, end } = await open(store)
  const paged = await measurePages(client, store)
  const found = await measureSearch(client, store)
  await end()
  return [opened, paged, found].join('\n\n')
}

interface Opened {
  readonly client: MessengerClient
  readonly end: () => Promise<void>
}

/** From the files to a messenger. The key is that of the device: how long a passphrase takes is chosen. */
async function open({ home }: LargeStore): Promise<Opened> {
  const [record] = await home.accounts.list()
  if (record === undefined) throw new Error('the store has an account')
  const account = await home.accounts.unlock(record.slot)
  const client = openOffline(account.database)
  return {
    client,
    end: async () => {
      await client.stop()
      await account.lock()
    },
  }
}

async function measureOpening(store: LargeStore): Promise<string> {
  const opening: number[] = []
  const showing: number[] = []
  for (let round = 0; round < openings; round++) {
    const start = performance.now()
    const { client, end } = await open(store)
    opening.push(performance.now() - start)
    await client.query('conversations.list')
    await client.query('messages.page', { conversation: store.shape.largest })
    showing.push(performance.now() - start)
    await end()
  }
  const head: Row = [`${whole(store.shape.messages)} messages, ms`, 'the first time', 'median', 'goal']
  const row = (name: string, times: readonly number[]): Row => {
    const middle = median(times)
    return [name, ms(times[0] ?? Number.NaN), ms(middle), goal(`≤ ${goals.open}`, middle <= goals.open)]
  }
  return formatTable(head, [row('open', opening), row('and list and newest page', showing)])
}

async function measurePages(client: MessengerClient, { shape }: LargeStore): Promise<string> {
  const head: Row = ['newest page of 30, ms', 'the first time', 'median', 'p99', 'goal']
  const rows: Row[] = []
  for (const [name, conversation] of [
    [`conversation of ${whole(shape.inLargest)}`, shape.largest],
    [`conversation of about ${whole((shape.messages - shape.inLargest) / 900)}`, shape.usual],
  ] as const) {
    const times = await timesOf(pages, async () => client.query('messages.page', { conversation }))
    const wished = goal(`≤ ${goals.page}`, median(times) <= goals.page)
    rows.push([name, ms(times[0] ?? Number.NaN), ms(median(times)), ms(quantile(times, 0.99)), wished])
  }
  return formatTable(head, rows)
}

/** Words by how many texts have them: ranks are as in `wordOf`. */
const wanted: readonly (readonly [name: string, text: string])[] = [
  ['a rare word', wordOf(19_990)],
  ['a word of one text in a hundred', wordOf(100)],
  ['the most frequent word', wordOf(0)],
  ['two letters of many words', 'ba'],
  ['three letters of many words', 'bal'],
  ['two frequent words', `${wordOf(1)} ${wordOf(2)}`],
  ['a frequent and a rare word', `${wordOf(1)} ${wordOf(15_000)}`],
  ['nothing that is there', 'xylophone'],
  // Looked for letter by letter; as nothing has it, all that may be read is read.
  ['writing without spaces, not there', '天気'],
]

async function measureSearch(client: MessengerClient, { shape }: LargeStore): Promise<string> {
  const head: Row = ['50 results, ms', 'found', 'newest', 'in one', 'goal', 'ranked', 'in one', 'goal']
  const rows: Row[] = []
  for (const [name, text] of wanted) {
    const time = async (order: 'newest' | 'best', conversation?: string): Promise<number> => {
      const args = { text, order, ...(conversation === undefined ? {} : { conversation }) }
      return median(await timesOf(searches, async () => client.query('search.messages', args)))
    }
    const newest = [await time('newest'), await time('newest', shape.largest)] as const
    const ranked = [await time('best'), await time('best', shape.largest)] as const
    const found = await client.query('search.messages', { text, limit: 1000 })
    const wished = [
      goal(`≤ ${goals.search}`, Math.max(...newest) <= goals.search),
      goal(`≤ ${goals.ranked}`, Math.max(...ranked) <= goals.ranked),
    ] as const
    const count = Array.isArray(found) ? found.length : 0
    const [searching, ranking] = [newest.map(ms), ranked.map(ms)]
    rows.push([name, `${count === 1000 ? '≥ ' : ''}${whole(count)}`, ...searching, wished[0], ...ranking, wished[1]])
  }
  return formatTable(head, rows)
}

async function timesOf(count: number, run: () => Promise<unknown>): Promise<readonly number[]> {
  const times: number[] = []
  for (let ran = 0; ran < count; ran++) {
    const start = performance.now()
    await run()
    times.push(performance.now() - start)
  }
  return times
}
