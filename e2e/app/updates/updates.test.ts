import { type Assets, type FolderAssets, Gateway } from '@sotto/gateway'
import { createRegistry, formatRegistryFile, openRegistry, StaticDirectory } from '@sotto/registry'
import { nodeIdOf, toSwarmId } from '@sotto/protocol/swarm'
import { systemClock, systemRandom } from '@sotto/server'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { chromiumFlags, findChromium } from '../../../scripts/chromium/find-chromium.ts'
import { FixtureApp, newKey } from './fixture-app.ts'

const until = { timeout: 20_000, interval: 20 }
const app = new FixtureApp()
const keyPair = newKey()
const stranger = newKey()
const builds = { one: '', two: '' }
let browser: Browser
let context: BrowserContext
let gateway: Gateway
let served: FolderAssets
/** Paths that the gateway was asked for. */
let asked: string[] = []

beforeAll(async () => {
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error('no Chromium was found: set CHROMIUM to its path')
  builds.one = await app.build('one')
  builds.two = await app.build('two')
  browser = await chromium.launch({ executablePath, headless: true, args: [...chromiumFlags] })
})
afterAll(async () => {
  await browser.close()
  app.remove()
})
beforeEach(async () => {
  served = await app.assets(builds.one, { keyPair, signedAt: 1000 })
  gateway = await startGateway(0)
  context = await browser.newContext()
  asked = []
})
afterEach(async () => {
  await context.close()
  await gateway.stop(0)
})

const find: Assets = (path, request) => {
  asked.push(path)
  return served.find(path, request)
}

async function startGateway(port: number): Promise<Gateway> {
  const started = new Gateway({
    listen: { host: '127.0.0.1', port },
    directory: directoryOfOne(),
    assets: find,
    clock: systemClock,
    random: systemRandom,
  })
  await started.start()
  return started
}

/** A list of nodes has one at least; nobody asks it anything. */
function directoryOfOne(): StaticDirectory {
  const [createdAt, signer] = [1_782_000_000_000, keyPair]
  const [ed25519, swarmId] = [nodeIdOf(keyPair.publicKey), toSwarmId(0n)]
  const shared = { ip: '127.0.0.1', httpsPort: 1, omqPort: 0, quicPort: 0, state: 'active' as const, capabilities: [] }
  const draft = {
    networkId: 'test',
    sequence: 1n,
    createdAt,
    validUntil: undefined,
    requiredSignatures: 1,
    parameters: new Map<string, bigint>(),
    signers: [],
    nodes: [{ ed25519, swarmId, version: [2, 8, 0] as const, ...shared }],
    names: new Map(),
  }
  const file = formatRegistryFile(createRegistry(draft, [signer], { allowLocal: true }))
  return new StaticDirectory(openRegistry(file, { trustedKeys: [signer.publicKey], allowLocal: true }, createdAt))
}

interface Fixture {
  readonly notices: { readonly kind: string; readonly checking?: boolean }[]
  ask(request: unknown): Promise<void>
  buildInfo(): Promise<unknown>
}

/** A page whose first build is kept. */
async function visit(): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`http://localhost:${gateway.port}/`)
  await kept(page)
  return page
}

/** The policy forbids what Playwright waits with by itself, so it is asked again and again. */
async function kept(page: Page): Promise<void> {
  const isKept = async (): Promise<boolean> =>
    page.evaluate(() => {
      const { fixture } = globalThis as unknown as { fixture: Fixture | undefined }
      const isTold = fixture?.notices.some(notice => notice.kind === 'status' && notice.checking === false)
      return isTold === true && navigator.serviceWorker.controller !== null
    })
  await expect.poll(isKept, until).toBe(true)
}

async function notices(page: Page): Promise<readonly string[]> {
  const all = await page.evaluate(() => (globalThis as unknown as { fixture: Fixture }).fixture.notices)
  return all.map(({ kind }) => kind).filter(kind => kind !== 'status')
}

/** Asks, and waits for what the service worker says to it. */
async function ask(page: Page, kind: string): Promise<readonly string[]> {
  await page.evaluate(async request => {
    const { fixture } = globalThis as unknown as { fixture: Fixture }
    fixture.notices.length = 0
    await fixture.ask({ kind: request })
  }, kind)
  const isDone = async (): Promise<boolean> =>
    page.evaluate(() => {
      const { fixture } = globalThis as unknown as { fixture: Fixture }
      return fixture.notices.some(notice => notice.kind === 'status' && notice.checking === false)
    })
  await expect.poll(isDone, until).toBe(true)
  return notices(page)
}

async function text(page: Page, path: string): Promise<string> {
  return page.evaluate(async from => {
    const reply = await fetch(from)
    return `${reply.status} ${await reply.text()}`
  }, path)
}

async function serve(build: string, signing: { readonly signedAt: number; readonly local?: boolean }, key = keyPair) {
  served = await app.assets(build, { keyPair: key, ...signing })
}

test('after the first visit the app starts without the gateway', async () => {
  const page = await visit()
  const { port } = gateway
  await gateway.stop(0)
  await page.reload()
  expect(await page.title()).toBe('one')
  expect(await text(page, '/data.txt')).toBe('200 data of one')
  const another = await context.newPage()
  await another.goto(`http://localhost:${port}/`)
  expect(await another.title()).toBe('one')
})

test('what was kept comes with the headers that it came with', async () => {
  const page = await visit()
  await gateway.stop(0)
  const reply = await page.reload()
  expect(reply?.fromServiceWorker()).toBe(true)
  const headers = reply?.headers() ?? {}
  expect(headers['content-security-policy']).toContain("default-src 'none'")
  expect(headers['cross-origin-opener-policy']).toBe('same-origin')
  expect(headers['x-content-type-options']).toBe('nosniff')
})

test('nothing but the kept build is served, and the gateway is asked for nothing of it', async () => {
  const page = await visit()
  await page.reload()
  await kept(page)
  asked = []
  expect(await text(page, '/nothing.txt')).toBe('404 Not Found')
  expect(await text(page, '/data.txt?query')).toBe('200 data of one')
  expect(asked).toEqual([])
  await text(page, '/.well-known/sotto/directory')
  await text(page, '/pipe')
  expect(asked).toEqual(['/.well-known/sotto/directory', '/pipe'])
  const names = await page.evaluate(async () => {
    const found: string[] = []
    for (const name of await caches.keys()) {
      for (const { url } of await (await caches.open(name)).keys()) found.push(new URL(url).pathname)
    }
    return found
  })
  const ours = names.filter(name => !name.startsWith('/assets/')).toSorted()
  expect(ours).toEqual(['/data.txt', '/index.html', '/same.txt', '/state'])
})

test('a newer build waits until it is asked for', async () => {
  const page = await visit()
  await serve(builds.two, { signedAt: 2000 })
  expect(await ask(page, 'check')).toEqual(['ready'])
  await page.reload()
  expect([await page.title(), await text(page, '/data.txt')]).toEqual(['one', '200 data of one'])

  const another = await context.newPage()
  await another.goto(`http://localhost:${gateway.port}/`)
  await kept(another)
  await kept(page)
  await page.evaluate(async () => (globalThis as unknown as { fixture: Fixture }).fixture.ask({ kind: 'activate' }))
  await expect.poll(async () => page.title().catch(() => ''), until).toBe('two')
  await expect.poll(async () => notices(another), until).toContain('activated')
  expect(await another.title()).toBe('one')
  await gateway.stop(0)
  await another.reload()
  expect([await another.title(), await text(another, '/data.txt')]).toEqual(['two', '200 data of two'])
})

test('the same build is not taken twice', async () => {
  const page = await visit()
  asked = []
  expect(await ask(page, 'check')).toEqual([])
  expect(asked.toSorted()).toEqual(['/build.json', '/build.json.sig'])
})

test('files that are the same in both builds are not loaded again', async () => {
  const page = await visit()
  await serve(builds.two, { signedAt: 2000 })
  asked = []
  expect(await ask(page, 'check')).toEqual(['ready'])
  expect(asked).toContain('/data.txt')
  expect(asked).not.toContain('/same.txt')
})

test('a build that another key signed is refused', async () => {
  const page = await visit()
  await serve(builds.two, { signedAt: 2000 }, stranger)
  expect(await ask(page, 'check')).toEqual(['foreign-key'])
  expect(await ask(page, 'activate')).toEqual([])
  await page.reload()
  expect(await page.title()).toBe('one')
})

test('on one machine a user may take another key after all', async () => {
  const page = await visit()
  await serve(builds.two, { signedAt: 500 }, stranger)
  expect(await ask(page, 'trust')).toEqual(['ready'])
  await page.evaluate(async () => (globalThis as unknown as { fixture: Fixture }).fixture.ask({ kind: 'activate' }))
  await expect.poll(async () => page.title().catch(() => ''), until).toBe('two')
  await kept(page)
  await serve(builds.one, { signedAt: 3000 })
  expect(await ask(page, 'check')).toEqual(['foreign-key'])
})

test('a released build never gives way to another key', async () => {
  served = await app.assets(builds.one, { keyPair, signedAt: 1000, local: false })
  const page = await visit()
  for (const local of [true, false]) {
    await serve(builds.two, { signedAt: 2000, local }, stranger)
    expect(await ask(page, 'trust'), String(local)).toEqual(['foreign-key'])
  }
})

test('a build that was signed earlier is refused', async () => {
  served = await app.assets(builds.two, { keyPair, signedAt: 2000 })
  const page = await visit()
  await serve(builds.one, { signedAt: 1999 })
  expect(await ask(page, 'check')).toEqual(['older'])
  await page.reload()
  expect(await page.title()).toBe('two')
})

/** The gateway serves `change` in place of some files. */
function alter(change: (path: string) => string | undefined): void {
  const { find: real } = served
  const altered: Assets = async (path, request) => {
    const asset = await real(path, request)
    const other = change(path)
    if (asset === undefined || other === undefined) return asset
    return { bytes: Buffer.from(other), contentType: asset.contentType, headers: asset.headers }
  }
  served = { find: altered } as FolderAssets
}

test.for([
  ['a script that is another one', (path: string) => (path.endsWith('.js') ? 'document.title = "evil"' : undefined)],
  ['a page that is another one', (path: string) => (path === '/index.html' ? '<title>evil</title>' : undefined)],
  ['a list that nobody signed', (path: string) => (path === '/build.json' ? '{}' : undefined)],
  ['a signature of something else', (path: string) => (path === '/build.json.sig' ? '{}' : undefined)],
] as const)('a damaged build is refused: %s', async ([, change]) => {
  const page = await visit()
  await serve(builds.two, { signedAt: 2000 })
  alter(change)
  expect(await ask(page, 'check')).toEqual(['damaged'])
  expect(await ask(page, 'activate')).toEqual([])
  await gateway.stop(0)
  await page.reload()
  expect(await page.title()).toBe('one')
  expect(await text(page, '/data.txt')).toBe('200 data of one')
})

test('a build without the policy is refused', async () => {
  const page = await visit()
  await serve(builds.two, { signedAt: 2000 })
  const { find: real } = served
  const open: Assets = async (path, request) => {
    const asset = await real(path, request)
    return asset === undefined ? undefined : { ...asset, headers: { 'content-security-policy': "default-src 'self'" } }
  }
  served = { find: open } as FolderAssets
  expect(await ask(page, 'check')).toEqual(['damaged'])
})

test('a first build that is damaged is not kept', async () => {
  alter(path => (path === '/data.txt' ? 'evil' : undefined))
  const page = await context.newPage()
  await page.goto(`http://localhost:${gateway.port}/`)
  await expect.poll(() => asked, until).toContain('/data.txt')
  const registrations = async (): Promise<number> =>
    page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)
  await expect.poll(registrations, until).toBe(0)
  expect(await page.title()).toBe('one')
})

test('pages know their build, with and without a service worker', async () => {
  const page = await visit()
  const info = async (): Promise<unknown> =>
    page.evaluate(async () => (globalThis as unknown as { fixture: Fixture }).fixture.buildInfo())
  const fingerprint = expect.stringMatching(/^(?:[0-9a-f]{4} ){7}[0-9a-f]{4}$/) as string
  const version = expect.stringMatching(/^1\.0\.0-[0-9a-f]{16}$/) as string
  const expected = { version, local: true, signedAt: 1000, fingerprint, pinned: true }
  expect(await info()).toEqual(expected)
  await page.evaluate(async () => {
    for (const registration of await navigator.serviceWorker.getRegistrations()) await registration.unregister()
  })
  const bare = await browser.newContext({ serviceWorkers: 'block' })
  const other = await bare.newPage()
  await other.goto(`http://localhost:${gateway.port}/`)
  const unpinned = await other.evaluate(async () => (globalThis as unknown as { fixture: Fixture }).fixture.buildInfo())
  expect(unpinned).toEqual({ ...expected, pinned: false })
  await bare.close()
})

test('a browser asks nobody but the gateway', async () => {
  const hosts = new Set<string>()
  context.on('request', request => hosts.add(new URL(request.url()).host))
  const page = await visit()
  await serve(builds.two, { signedAt: 2000 })
  await ask(page, 'check')
  await page.reload()
  expect(Array.from(hosts)).toEqual([`localhost:${gateway.port}`])
})
