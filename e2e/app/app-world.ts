import { join } from 'node:path'
import { ensureApp } from '@sotto/app/build'
import { MessengerHome, type RunningAccount, signedNetwork } from '@sotto/client/node'
import { systemRandom } from '@sotto/server'
import { type Browser, chromium } from 'playwright-core'
import { serveApp } from '../../packages/cli/src/app/served-app.ts'
import { type LocalNetwork } from '../../packages/cli/src/network/local-network.ts'
import { type ReadyReport } from '../../packages/cli/src/network/ready-report.ts'
import { temporaryFolder, testNetwork } from '../../packages/cli/test/network/test-network.ts'
import { chromiumFlags, findChromium } from '../../scripts/chromium/find-chromium.ts'
import { AppPerson, type PersonOptions } from './app-person.ts'

interface Started {
  readonly network: LocalNetwork
  readonly report: ReadyReport
  readonly folder: string
  readonly remove: () => void
}

/** What is special about the browser of a file of tests. */
export interface WorldOptions {
  /** Flags for Chromium, beside those that all have. */
  readonly flags?: readonly string[]
}

/** People who use the app in browsers of their own, on one network of real nodes. */
export class AppWorld {
  readonly network: LocalNetwork
  /** Of the gateway that serves the app. */
  readonly origin: string
  readonly browser: Browser
  readonly #started: Started
  readonly #people: AppPerson[] = []
  readonly #homes: MessengerHome[] = []

  private constructor(started: Started, browser: Browser) {
    this.network = started.network
    this.origin = started.report.gateway
    this.browser = browser
    this.#started = started
  }

  /** Builds the app if its sources have changed, and starts everything. @throws {Error} where no Chromium is installed */
  static async start({ flags = [] }: WorldOptions = {}): Promise<AppWorld> {
    const executablePath = findChromium()
    if (executablePath === undefined) throw new Error('no Chromium was found: set CHROMIUM to its path')
    const { folder, remove } = temporaryFolder()
    const app = await serveApp(await ensureApp(), folder, { random: systemRandom, now: () => Date.now() })
    const network = testNetwork(join(folder, 'network'), { app: async () => app })
    const report = await network.start()
    const browser = await chromium.launch({ executablePath, headless: true, args: [...chromiumFlags, ...flags] })
    return new AppWorld({ network, report, folder, remove }, browser)
  }

  /** Somebody with a browser and no account yet, at the first screen. */
  async visitor(options: PersonOptions = {}): Promise<AppPerson> {
    const person = await AppPerson.visit(this, options)
    this.#people.push(person)
    return person
  }

  /** Somebody with a new account. */
  async person(name: string, options: PersonOptions = {}): Promise<AppPerson> {
    const person = await this.visitor(options)
    await person.createAccount(name, options.passphrase)
    return person
  }

  /** Somebody who has no browser: an account in this process, for what people can't do fast enough. */
  async program(name: string): Promise<RunningAccount> {
    const { folder, report } = this.#started
    const network = signedNetwork(report.registry, report.signer, { isLocal: true })
    const place = join(folder, `program-${this.#homes.length}`)
    const home = new MessengerHome({ folder: place, network, fileServer: report.files })
    this.#homes.push(home)
    return home.start(await home.accounts.create(name))
  }

  /** Two people who know each other and have the conversation with the other one open. */
  async friends(
    one: PersonOptions = {},
    other: PersonOptions = {},
  ): Promise<readonly [ada: AppPerson, bob: AppPerson]> {
    const [ada, bob] = await Promise.all([this.person('Ada', one), this.person('Bob', other)])
    await ada.write(bob.id, 'Hello Bob')
    await bob.openRequest('Ada')
    await bob.say('Hello Ada')
    await ada.sees('Hello Ada')
    return [ada, bob]
  }

  /** Ends every browser; of a test that failed, what they showed is kept. */
  async clear(failed?: string): Promise<void> {
    const people = this.#people.splice(0)
    await Promise.all(
      people.map(async (person, at) => person.leave(failed === undefined ? undefined : `${failed} ${at}`)),
    )
  }

  async stop(): Promise<void> {
    await this.clear()
    await this.browser.close()
    for (const home of this.#homes) await home.stop()
    await this.network.stop()
    this.#started.remove()
  }
}
