import { fileURLToPath } from 'node:url'
import { Gateway, type GatewayOptions } from '@sotto/gateway'
import { ed25519PublicKey } from '@sotto/protocol/crypto'
import { decodeHex, utf8Encode } from '@sotto/protocol/encoding'
import { readRegistryFile, RegistryFileSource } from '@sotto/registry/node'
import { systemClock, systemRandom } from '@sotto/server'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { type Bundle, bundleWorker } from '../../scripts/chromium/bundle.ts'
import { chromiumFlags, findChromium } from '../../scripts/chromium/find-chromium.ts'
import { projectRoot } from '../../scripts/root.ts'
import { BrowserApi, type PageBridge } from './browser-api.ts'
import { type Place, startNodes, type TestNodes, type World } from './world.ts'

/** A tab, or rather several of one person. */
export interface BrowserPlace extends Place {
  readonly page: Page
  /** Another tab of the same person. */
  secondTab(): Promise<Tab>
  /** Loads the page again, without waiting for anything that it does. */
  reload(): Promise<void>
  inPage<K extends keyof PageBridge>(
    name: K,
    ...args: Parameters<PageBridge[K]>
  ): Promise<Awaited<ReturnType<PageBridge[K]>>>
}

/** One page with its worker. */
interface Tab {
  readonly page: Page
  readonly api: BrowserApi
}

/** Each person is a profile of a real browser, whose workers reach the nodes through a gateway that serves their pages too. */
export type BrowserWorld = World<BrowserPlace>

/** @throws {Error} where no Chromium is installed */
export async function browserWorld(): Promise<BrowserWorld> {
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error('no Chromium was found: set CHROMIUM to its path')
  const bundle = await bundlePage()
  const nodes = await startNodes()
  const gateway = await startGateway(nodes, bundle)
  const browser = await chromium.launch({ executablePath, headless: true, args: [...chromiumFlags] })
  return {
    place: async () => TabPlace.open(browser, gateway.origin),
    clear: async () => {
      await Promise.all(browser.contexts().map(async context => context.close()))
    },
    stop: async () => {
      await browser.close()
      await gateway.stop()
      await nodes.stop()
    },
  }
}

const entry = (name: string): string => fileURLToPath(new URL(`page/${name}.ts`, import.meta.url))

async function bundlePage(): Promise<Bundle> {
  const worker = await bundleWorker(projectRoot, entry('worker'))
  const page = await bundleWorker(projectRoot, entry('page'))
  const files = new Map([...page, ...worker])
  files.set('/page.js', page.get('/worker.js') ?? '')
  files.set('/', '<!doctype html><title>Sotto</title><script type="module" src="/page.js"></script>')
  return files
}

const types: readonly (readonly [ending: string, type: string])[] = [
  ['/', 'text/html'],
  ['.js', 'text/javascript'],
  ['.wasm', 'application/wasm'],
]
const policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; base-uri 'none'; frame-ancestors 'none'"

async function startGateway(
  { report }: TestNodes,
  bundle: Bundle,
): Promise<{ readonly origin: string; stop(): Promise<void> }> {
  const localKey = ed25519PublicKey(decodeHex(report.signer))
  const trusted = { trustedKeys: [localKey], allowLocal: true }
  const onProblem = (problem: unknown): void => {
    throw problem
  }
  const source = await RegistryFileSource.start({
    path: report.registry,
    policy: trusted,
    clock: systemClock,
    onProblem,
  })
  const assets: GatewayOptions['assets'] = path => {
    const body = bundle.get(path)
    if (body === undefined) return undefined
    const bytes = typeof body === 'string' ? utf8Encode(body) : body
    const contentType = types.find(([ending]) => path.endsWith(ending))?.[1] ?? 'application/octet-stream'
    return { bytes, contentType, headers: { 'content-security-policy': policy } }
  }
  const gateway = new Gateway({
    listen: { host: '127.0.0.1', port: 0 },
    directory: source.directory,
    published: { read: async () => readRegistryFile(report.registry), localKey },
    assets,
    clock: systemClock,
    random: systemRandom,
  })
  await gateway.start()
  const stop = async (): Promise<void> => {
    await gateway.stop(1000)
    await source.stop()
  }
  return { origin: `http://127.0.0.1:${gateway.port}`, stop }
}

class TabPlace implements BrowserPlace {
  readonly #context: BrowserContext
  readonly #origin: string
  #tab: Tab

  private constructor(context: BrowserContext, origin: string, tab: Tab) {
    this.#context = context
    this.#origin = origin
    this.#tab = tab
  }

  static async open(browser: Browser, origin: string): Promise<TabPlace> {
    const context = await browser.newContext()
    return new TabPlace(context, origin, await openTab(context, origin))
  }

  get page(): Page {
    return this.#tab.page
  }

  get api(): BrowserApi {
    return this.#tab.api
  }

  async secondTab(): Promise<Tab> {
    return openTab(this.#context, this.#origin)
  }

  async reload(): Promise<void> {
    await this.page.reload()
  }

  /** The worker is ended as a crash would end it; the page finds out, and goes as well. */
  async kill(): Promise<void> {
    await this.inPage('kill')
    await this.inPage('closed')
    await this.page.close()
  }

  async leave(): Promise<void> {
    await this.page.close()
  }

  async comeBack(): Promise<void> {
    this.#tab = await this.secondTab()
  }

  async inPage<K extends keyof PageBridge>(
    name: K,
    ...args: Parameters<PageBridge[K]>
  ): Promise<Awaited<ReturnType<PageBridge[K]>>> {
    const call = async ([name, args]: readonly [string, readonly unknown[]]): Promise<unknown> => {
      const { sotto } = globalThis as unknown as {
        sotto: Readonly<Record<string, (...args: readonly unknown[]) => unknown>>
      }
      return sotto[name]?.(...args)
    }
    return (await this.page.evaluate(call, [name, args] as const)) as Awaited<ReturnType<PageBridge[K]>>
  }
}

async function openTab(context: BrowserContext, origin: string): Promise<Tab> {
  const page = await context.newPage()
  const api = await BrowserApi.of(page)
  await page.goto(origin)
  return { page, api }
}
