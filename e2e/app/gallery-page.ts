import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { extname, join } from 'node:path'
import type { AxeResults } from 'axe-core'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import * as vite from 'vite'
import { appHeaders } from '../../packages/gateway/src/web/app-headers.ts'
import { chromiumFlags, findChromium } from '../../scripts/chromium/find-chromium.ts'
import { projectRoot } from '../../scripts/root.ts'

const appFolder = join(projectRoot, 'packages/app')
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** The looks that the gallery starts with, as the app keeps them. */
export interface Looks {
  readonly theme?: 'light' | 'dark' | 'black'
  readonly accent?: string
  readonly contrast?: 'normal' | 'more'
  readonly language?: string
  readonly zoom?: number
}

/** The page of all parts, built and served as the app is, with its headers, to a real browser. */
export class GalleryWorld {
  readonly #origin: string
  readonly #browser: Browser
  readonly #close: () => void

  private constructor(origin: string, browser: Browser, close: () => void) {
    this.#origin = origin
    this.#browser = browser
    this.#close = close
  }

  /** @throws {Error} where no Chromium is installed */
  static async start(): Promise<GalleryWorld> {
    const executablePath = findChromium()
    if (executablePath === undefined) throw new Error('no Chromium was found: set CHROMIUM to its path')
    const { origin, close } = await serve(await buildGallery())
    const browser = await chromium.launch({ executablePath, args: [...chromiumFlags] })
    return new GalleryWorld(origin, browser, close)
  }

  /** A page of its own; still, so that nothing is looked at half-way. */
  async open(looks: Looks = {}, options: BrowserContextOptions = {}): Promise<GalleryPage> {
    const context = await this.#browser.newContext({ reducedMotion: 'reduce', ...options })
    const kept = JSON.stringify(JSON.stringify(looks))
    await context.addInitScript(`localStorage.setItem('sotto-preferences', ${kept})`)
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('pageerror', error => complaints.push(error.message))
    page.on('console', message => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
    })
    await page.goto(`${this.#origin}/gallery.html`)
    await page.getByRole('heading', { name: 'States' }).waitFor()
    await page.evaluate('document.fonts.ready.then(() => undefined)')
    return { page, complaints, findings: async looked => findings(page, looked), close: async () => context.close() }
  }

  async stop(): Promise<void> {
    await this.#browser.close()
    this.#close()
  }
}

/** The open gallery. */
export interface GalleryPage {
  readonly page: Page
  /** Errors and warnings of the console, with whatever the policy refused. */
  readonly complaints: readonly string[]
  /** What axe finds in the page as it is now, a line for each element. */
  readonly findings: (looked?: Looked) => Promise<readonly string[]>
  readonly close: () => Promise<void>
}

/** Less than everything: some rules of axe, perhaps only in the chapters of these names. */
interface Looked {
  readonly rules: readonly string[]
  readonly parts?: readonly string[]
}

async function findings(page: Page, looked?: Looked): Promise<readonly string[]> {
  // Evaluated from outside, which the page's policy does not concern.
  if ((await page.evaluate('typeof axe')) === 'undefined') await page.evaluate(axe)
  const options = looked === undefined ? {} : { runOnly: looked.rules }
  const where = looked?.parts?.map(part => `section[aria-label="${part}"]`) ?? ['html']
  const results = await page.evaluate<AxeResults>(`axe.run(${JSON.stringify(where)}, ${JSON.stringify(options)})`)
  return results.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
}

type Files = ReadonlyMap<string, string | Uint8Array>

async function buildGallery(): Promise<Files> {
  const env = { command: 'build', mode: 'production' } as const
  const loaded = await vite.loadConfigFromFile(env, join(appFolder, 'vite.config.ts'), appFolder, 'error')
  const config = loaded?.config ?? {}
  const input = { gallery: join(appFolder, 'gallery.html') }
  const build = { ...config.build, write: false, rolldownOptions: { input } }
  const built = await vite.build({ ...config, root: appFolder, configFile: false, logLevel: 'error', build })
  if (!('output' in built)) throw new Error('the build has no one output')
  return new Map(built.output.map(file => [`/${file.fileName}`, file.type === 'chunk' ? file.code : file.source]))
}

const types: ReadonlyMap<string, string> = new Map([
  ['.css', 'text/css'],
  ['.html', 'text/html'],
  ['.js', 'text/javascript'],
  ['.png', 'image/png'],
  ['.svg', 'image/svg+xml'],
  ['.woff2', 'font/woff2'],
])

async function serve(files: Files): Promise<{ readonly origin: string; readonly close: () => void }> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://gallery').pathname
    const kept = files.get(path)
    const body = kept === undefined ? readFile(join(appFolder, 'public', path)) : Promise.resolve(kept)
    const type = types.get(extname(path)) ?? 'application/octet-stream'
    body.then(
      bytes => response.writeHead(200, { ...appHeaders(request.headers.host), 'content-type': type }).end(bytes),
      () => response.writeHead(404).end(),
    )
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  const close = (): void => {
    server.close()
    server.closeAllConnections()
  }
  return { origin: `http://127.0.0.1:${address.port}`, close }
}
