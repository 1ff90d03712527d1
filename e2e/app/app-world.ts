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
import { AppPerson, type PersonOptions, type Stay } from './app-person.ts'

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
  /** The browser that people have, for what is measured. */
  readonly isWhole?: boolean
}

/** Ada and Bob, who know each other. */
export type Friends = readonly [ada: AppPerson, bob: AppPerson]

/** Whoever leaves at the same time. */
class Company {
  readonly people: AppPerson[] = []
  readonly homes: MessengerHome[] = []

  /** Everybody leaves; with the name of a test that failed, what they were shown is saved. */
  async leave(failed?: string): Promise<void> {
    const [people, homes] = [this.people.splice(0), this.homes.splice(0)]
    await Promise.all([
      ...people.map(async (person, at) => person.leave(failed === undefined ? undefined : `${failed} ${at}`)),
      ...homes.map(async home => home.stop()),
    ])
  }
}

/** People who use the app in browsers of their own, on one network of real nodes. */
export class AppWorld {
  readonly network: LocalNetwork
  /** Of the gateway that serves the app. */
  readonly origin: string
  readonly browser: Browser
  readonly #started: Started
  /** Of the test that runs. */
  readonly #guests = new Company()
  /** Whom tests share. */
  readonly #residents = new Company()
  readonly #shared = new Map<string, Promise<unknown>>()
  #programs = 0

  private constructor(started: Started, browser: Browser) {
    this.network = started.network
    this.origin = started.report.gateway
    this.browser = browser
    this.#started = started
  }

  /** Builds the app if its sources have changed, and starts everything. @throws {Error} where no Chromium is installed */
  static async start({ flags = [], isWhole = false }: WorldOptions = {}): Promise<AppWorld> {
    const executablePath = findChromium({ isWhole })
    if (executablePath === undefined) throw new Error('no Chromium was found: set CHROMIUM to its path')
    const { folder, remove } = temporaryFolder()
    const app = await serveApp(await ensureApp(), folder, { random: systemRandom, now: () => Date.now() })
    const network = testNetwork(join(folder, 'network'), { app: async () => app })
    const report = await network.start()
    const browser = await chromium.launch({ executablePath, headless: true, args: [...chromiumFlags, ...flags] })
    return new AppWorld({ network, report, folder, remove }, browser)
  }

  /** Where the network keeps what it keeps. */
  get folder(): string {
    return join(this.#started.folder, 'network')
  }

  /** Somebody with a browser and no account yet, at the first screen. */
  async visitor(options: PersonOptions = {}): Promise<AppPerson> {
    const person = await AppPerson.visit(this, options)
    this.#companyOf(options).people.push(person)
    return person
  }

  /** Somebody with a new account. */
  async person(name: string, options: PersonOptions = {}): Promise<AppPerson> {
    const person = await this.visitor(options)
    await person.createAccount(name, options.passphrase)
    return person
  }

  /** Somebody who has no browser: an account in this process, for what people can't do fast enough. */
  async program(name: string, options: Stay = {}): Promise<RunningAccount> {
    const { folder, report } = this.#started
    const network = signedNetwork(report.registry, report.signer, { isLocal: true })
    this.#programs += 1
    const place = join(folder, `program-${this.#programs}`)
    const home = new MessengerHome({ folder: place, network, fileServer: report.files })
    this.#companyOf(options).homes.push(home)
    return home.start(await home.accounts.create(name))
  }

  /** Two people who know each other and have the conversation with the other one open. */
  async friends(one: PersonOptions = {}, other: PersonOptions = {}): Promise<Friends> {
    const [ada, bob] = await Promise.all([this.person('Ada', one), this.person('Bob', other)])
    await ada.write(bob.id, 'Hello Bob')
    await bob.openRequest('Ada')
    await bob.say('Hello Ada')
    await ada.sees('Hello Ada')
    return [ada, bob]
  }

  /**
   * The friends whom the tests of a file share: for tests that leave everybody as they were, but for what was said, for
   * which each has words of its own.
   */
  async pair(): Promise<Friends> {
    const [ada, bob] = await this.shared('pair', async stay => this.friends(stay, stay))
    await Promise.all([ada.startOver('Bob'), bob.startOver('Ada')])
    return [ada, bob]
  }

  /** What the first test that asks makes for those that follow, of people with this stay; after a failed test it is made anew. */
  async shared<Shared>(name: string, make: (stay: Stay) => Promise<Shared>): Promise<Shared> {
    const made = (this.#shared.get(name) as Promise<Shared> | undefined) ?? make({ isResident: true })
    this.#shared.set(name, made)
    return made
  }

  /** Ends every browser that no later test needs; of a test that failed, what they showed is kept. */
  async clear(failed?: string): Promise<void> {
    await this.#guests.leave(failed)
    if (failed !== undefined) await this.#dismiss(`${failed} shared`)
  }

  async #dismiss(failed?: string): Promise<void> {
    this.#shared.clear()
    await this.#residents.leave(failed)
  }

  #companyOf({ isResident = false }: Stay): Company {
    return isResident ? this.#residents : this.#guests
  }

  async stop(): Promise<void> {
    await this.clear()
    await this.#dismiss()
    await this.browser.close()
    await this.network.stop()
    this.#started.remove()
  }
}
