import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { expect, test } from 'vitest'
import { chromiumFlags, findChromium } from '../../scripts/chromium/find-chromium.ts'
import { AppPerson } from './app-person.ts'
import { scenes } from './scenes.ts'

const { world } = scenes()

/** Whom Chromium asks about itself and about forms, whatever page it shows; here in vain. */
const ofTheBrowser = /(?:^|\.)(?:google|googleapis|gstatic)\.com$/
const nothingElse = '--host-resolver-rules=MAP *.com ^NOTFOUND'

/** What a browser asked of the system: names that it looked up, and addresses that it connected to. */
interface Reached {
  readonly names: readonly string[]
  readonly addresses: readonly string[]
}

interface NetLog {
  readonly constants: { readonly logEventTypes: Readonly<Record<string, number>> }
  readonly events: readonly {
    readonly type: number
    readonly params?: { readonly address?: string; readonly host?: string }
  }[]
}

/** Runs a browser of its own, whose sockets are written down by its network process, workers and service workers included. */
async function reachedBy(act: (browser: Browser) => Promise<void>): Promise<Reached> {
  const folder = mkdtempSync(join(tmpdir(), 'sotto-sockets-'))
  try {
    const path = join(folder, 'net-log.json')
    const executablePath = findChromium()
    if (executablePath === undefined) throw new Error('no Chromium was found: set CHROMIUM to its path')
    const browser = await chromium.launch({
      executablePath,
      args: [...chromiumFlags, `--log-net-log=${path}`, nothingElse],
    })
    try {
      await act(browser)
    } finally {
      await browser.close()
    }
    const { constants, events } = JSON.parse(readFileSync(path, 'utf8')) as NetLog
    const of = (...names: readonly string[]): NetLog['events'] => {
      const types = names.map(name => constants.logEventTypes[name])
      return events.filter(({ type }) => types.includes(type))
    }
    const asked = of('HOST_RESOLVER_MANAGER_REQUEST').map(({ params }) => params?.host)
    const connected = of('TCP_CONNECT_ATTEMPT', 'UDP_BYTES_SENT').map(({ params }) => params?.address)
    return { names: distinct(asked), addresses: distinct(connected) }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function distinct(values: readonly (string | undefined)[]): string[] {
  return [...new Set(values.filter(value => value !== undefined))]
}

test('a browser opens sockets to the gateway, and to nothing else', async () => {
  const { host, hostname, port } = new URL(world().origin)
  const eve = await world().person('Eve')
  const { addresses, names } = await reachedBy(async browser => {
    // With its service worker, as people have it.
    const place = { browser, origin: world().origin }
    const ada = await AppPerson.visit(place, { context: { serviceWorkers: 'allow' } })
    await ada.createAccount('Ada')
    await ada.write(eve.id, 'Hello Eve')
    await eve.openRequest('Ada')
    await eve.paste('<img src="http://attacker.example/1"> http://attacker.example/2 https://192.0.2.7/3')
    await ada.message('attacker').hover()
    await ada.page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated')
    await ada.page.reload()
    await ada.row('Eve').click()
    await ada.sees('attacker')
    await ada.leave()
  })
  const asked = names.map(name => new URL(name))
  expect(asked.filter(url => url.host !== host && !ofTheBrowser.test(url.hostname))).toEqual([])
  expect(addresses.length).toBeGreaterThan(0)
  const local = hostname === 'localhost' ? ['127.0.0.1', '[::1]'] : [hostname]
  expect(addresses.filter(address => !local.includes(address.slice(0, -port.length - 1)))).toEqual([])
})

test('a browser that asks for something else is seen', async () => {
  const { addresses, names } = await reachedBy(async browser => {
    const page = await browser.newPage()
    await page.goto('http://attacker.invalid/').catch(() => undefined)
    await page.goto('http://127.0.0.2:9999/').catch(() => undefined)
  })
  expect(names.join(' ')).toContain('attacker.invalid')
  expect(addresses).toContain('127.0.0.2:9999')
})
