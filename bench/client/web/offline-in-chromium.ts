import { createAccountSeed, deriveAccountKeys, parseAccountId } from '@sotto/protocol/account'
import { systemRandom } from '@sotto/client/node'
import { type Row, whole } from '../../node/format.ts'
import { type BenchRun } from '../bench-run.ts'
import { fillInbox } from '../people/fill-inbox.ts'
import { goal, median } from '../statistics.ts'
import { openBrowserPage } from './browser-page.ts'
import { type Prepared } from './web-task.ts'

const goalPerSecond = 800

/** The same as in Node, in a browser's worker behind the gateway: each round has an account of its own. */
export async function offlineInChromium(bench: BenchRun): Promise<Row | undefined> {
  const { directory, gateway } = await bench.network()
  const { rounds, waiting: count } = bench.options
  const page = await openBrowserPage(gateway, bench.folder('chromium'))
  if (page === undefined) return undefined
  const perSecond: number[] = []
  for (let round = 0; round <= rounds; round++) {
    const keys = deriveAccountKeys(createAccountSeed(systemRandom))
    const friend = keys.accountId
    const { slot, accountId } = await page.ask<Prepared>({ kind: 'prepare', gateway, friend })
    await fillInbox(directory, keys, parseAccountId(accountId), count)
    const seconds = await page.ask<number>({ kind: 'fetch', gateway, friend, slot, count })
    if (round > 0) perSecond.push(count / seconds)
  }
  await page.close()
  const middle = median(perSecond)
  const wished = goal(`≥ ${whole(goalPerSecond)}`, middle >= goalPerSecond)
  return [`Chromium, ${whole(count)} messages`, whole(middle), wished, whole(Math.max(...perSecond)), '', '', '']
}
