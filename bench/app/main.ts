import { brotliCompressSync, gzipSync } from 'node:zlib'
import { readdirSync, readFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { ensureApp } from '@sotto/app/build'
import { type Page } from 'playwright-core'
import { AppWorld } from '../../e2e/app/app-world.ts'
import { type AppPerson, t } from '../../e2e/app/app-person.ts'
import { photo } from '../../e2e/app/attach-files.ts'
import { largeAccount, largeFriend, plantAccount } from '../../e2e/app/large-account.ts'

/**
 * `npm run bench:app`: sizes of the app, and how long people wait for it, in a real browser on a network of real nodes.
 * `--messages N`: how many a large conversation has (100000).
 */
const at = process.argv.indexOf('--messages')
const messages = at === -1 ? 100_000 : Number(process.argv[at + 1])

function row(...cells: readonly (string | number)[]): void {
  process.stdout.write(`| ${cells.join(' | ')} |\n`)
}

function table(...names: readonly string[]): void {
  row(...names)
  row(...names.map(() => '---'))
}

const kb = (bytes: number): string => (bytes / 1000).toFixed(1)
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

/** By file, and what a browser fetches before one can write. */
function sizes(folder: string): void {
  process.stdout.write('\n### Sizes, KB\n\n')
  table('file', 'raw', 'gzip', 'brotli')
  const assets = join(folder, 'assets')
  const shown = readdirSync(assets).filter(name => /\.(?:js|css|wasm)$/.test(name))
  const large = shown
    .map(name => ({ name, bytes: readFileSync(join(assets, name)) }))
    .filter(({ bytes }) => bytes.length > 15_000)
  for (const { name, bytes } of large.toSorted((a, b) => b.bytes.length - a.bytes.length)) {
    row(name, kb(bytes.length), kb(gzipSync(bytes, { level: 9 }).length), kb(brotliCompressSync(bytes).length))
  }
}

interface Loaded {
  readonly kind: string
  readonly path: string
  readonly bytes: number
}

/** What came over the wire until the page can be used. */
async function firstStart(world: AppWorld): Promise<void> {
  process.stdout.write('\n### The first start\n\n')
  const context = await world.browser.newContext()
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('Network.enable')
  const loaded: Loaded[] = []
  const responses = new Map<string, { readonly kind: string; readonly path: string; readonly headers: number }>()
  session.on('Network.responseReceived', ({ requestId, type, response }) => {
    // The script of the worker is no part of the page: it is fetched and compiled beside it.
    const path = new URL(response.url).pathname
    const kind = path.includes('/worker-') ? 'Worker' : type
    responses.set(requestId, { kind, path, headers: response.encodedDataLength })
  })
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const { kind, path, headers } = responses.get(requestId) ?? { kind: 'Other', path: '', headers: 0 }
    loaded.push({ kind, path, bytes: encodedDataLength - headers })
  })
  const began = performance.now()
  await page.goto(world.origin)
  // At each frame: waits by role look twice a second in the end.
  const isThere = (words: string): boolean =>
    Array.from(document.querySelectorAll('button')).some(({ textContent }) => textContent === words)
  await page.waitForFunction(isThere, t('onboarding.create'), { polling: 'raf' })
  const usable = performance.now() - began
  const paint = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0)
  const sum = (wanted: (kind: string) => boolean): string =>
    kb(loaded.filter(({ kind }) => wanted(kind)).reduce((total, { bytes }) => total + bytes, 0))
  table('measure', 'value', 'goal')
  row('JavaScript of the page, compressed', `${sum(kind => kind === 'Script')} KB`, '≤ 200 KB')
  row('everything that the page itself fetched', `${sum(() => true)} KB`, '')
  for (const { path, bytes } of loaded.toSorted((a, b) => b.bytes - a.bytes).slice(0, 15)) row(path, kb(bytes), '')
  row('first paint', `${Math.round(paint)} ms`, '')
  row('until an account can be made', `${Math.round(usable)} ms`, '≤ 2,000 ms')
  await context.close()
}

/** How long an action takes until what it leads to is painted, as the page sees it. */
async function untilPainted(page: Page, selector: string, act: () => Promise<unknown>): Promise<number> {
  await page.evaluate(wanted => {
    const state = { began: 0, took: 0 }
    Reflect.set(globalThis, 'bench', state)
    const look = (): void => {
      if (document.querySelector(wanted) === null) return void requestAnimationFrame(look)
      requestAnimationFrame(() => {
        state.took = performance.now() - state.began
      })
    }
    addEventListener(
      'mousedown',
      () => {
        state.began = performance.now()
        look()
      },
      { once: true, capture: true },
    )
  }, selector)
  await act()
  await page.waitForFunction(() => (Reflect.get(globalThis, 'bench') as { took: number }).took > 0)
  return page.evaluate(() => (Reflect.get(globalThis, 'bench') as { took: number }).took)
}

async function largeConversation(world: AppWorld): Promise<void> {
  process.stdout.write(`\n### A conversation of ${messages.toLocaleString('en')} messages\n\n`)
  const lara = await world.visitor()
  await lara.button('onboarding.create').waitFor()
  await plantAccount(lara.page, await largeAccount(messages, Date.now()))
  await lara.page.reload()
  await lara.field('lock.passphrase').fill('a large account')
  const began = performance.now()
  await lara.press('lock.open')
  await lara.row(largeFriend.name).waitFor()
  const unlocked = performance.now() - began
  const opened: number[] = []
  for (let round = 0; round < 5; round++) {
    opened.push(await untilPainted(lara.page, '[data-message]', async () => lara.row(largeFriend.name).click()))
    await lara.page.goBack()
    await lara.composer.waitFor({ state: 'detached' })
  }
  await lara.choose(largeFriend.name)
  const frames = await scroll(lara)
  table('measure', 'value', 'goal')
  row('from the passphrase to the list', `${Math.round(unlocked)} ms`, '')
  row('opening the conversation, median of 5', `${Math.round(median(opened))} ms`, '≤ 100 ms')
  row('frames a second while it scrolls up, 5 s', frames.rate.toFixed(1), '60')
  row('longest frame', `${Math.round(frames.longest)} ms`, '')
  row('messages passed', frames.passed, '')
}

interface Frames {
  readonly rate: number
  readonly longest: number
  readonly passed: number
}

/** Scrolls up by a third of a screen in each frame for five seconds. */
async function scroll(person: AppPerson): Promise<Frames> {
  const numbers = async (): Promise<number> =>
    Number(/message (\d+)/.exec(await person.messages.first().innerText())?.[1] ?? 0)
  const before = await numbers()
  const { times } = await person.page.evaluate(async () => {
    const first = document.querySelector('[data-message]')
    let scroller = first?.parentElement ?? null
    while (scroller !== null && scroller.scrollHeight <= scroller.clientHeight + 1) scroller = scroller.parentElement
    const seen: number[] = []
    const end = performance.now() + 5000
    await new Promise<void>(resolve => {
      const step = (now: number): void => {
        seen.push(now)
        if (scroller !== null) scroller.scrollTop -= 250
        if (now < end) requestAnimationFrame(step)
        else resolve()
      }
      requestAnimationFrame(step)
    })
    return { times: seen }
  })
  const gaps = times.slice(1).map((time, at) => time - (times[at] ?? time))
  const total = gaps.reduce((sum, gap) => sum + gap, 0)
  return { rate: (1000 * gaps.length) / total, longest: Math.max(...gaps), passed: before - (await numbers()) }
}

/** How fast pictures of a camera are made ready to be sent: decoded, written anew with nothing but their pixels, and previewed. */
async function pictures(world: AppWorld): Promise<void> {
  process.stdout.write('\n### Pictures of 4,000 by 3,000, eight at once\n\n')
  const ada = await world.person('Ada')
  await ada.open(ada.id)
  const { buffer, mimeType } = await photo(ada, '', 4000, 3000, 'image/jpeg')
  const took: number[] = []
  for (let round = 0; round < 5; round++) {
    const files = Array.from({ length: 8 }, (_, each) => ({ name: `${round}-${each}.jpg`, mimeType, buffer }))
    const chooser = ada.page.waitForEvent('filechooser')
    await ada.press('attach.choose')
    const waiting = await chooser
    const began = performance.now()
    await waiting.setFiles(files)
    const previews = `[aria-label="${t('attach.staged')}"] img`
    const areThere = ([wanted, count]: readonly [string, number]): boolean =>
      document.querySelectorAll(wanted).length === count
    await ada.page.waitForFunction(areThere, [previews, files.length] as const, { polling: 'raf' })
    took.push(performance.now() - began)
    await ada.press('attach.remove-all')
    await ada.page.locator(previews).first().waitFor({ state: 'detached' })
  }
  table('measure', 'value', 'goal')
  row('pictures made ready a second, median of 5', (8000 / median(took)).toFixed(1), '')
}

const world = await AppWorld.start({ isWhole: true })
try {
  sizes(await ensureApp())
  await firstStart(world)
  await largeConversation(world)
  await pictures(world)
  process.stdout.write(`\nLoad of the machine: ${loadavg()[0]?.toFixed(1)}\n`)
} finally {
  await world.stop()
}
