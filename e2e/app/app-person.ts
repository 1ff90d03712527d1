import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, type BrowserContext, type BrowserContextOptions, type Locator, type Page } from 'playwright-core'
import { texts } from '../../packages/app/src/texts/en/index.ts'
import { projectRoot } from '../../scripts/root.ts'

/** Where the app is, and what it runs in. */
export interface AppPlace {
  readonly browser: Browser
  /** Of the gateway that serves the app. */
  readonly origin: string
}

/** How long somebody is there. */
export interface Stay {
  /** For the tests that follow as well. */
  readonly isResident?: boolean
}

/** What is special about somebody's browser. */
export interface PersonOptions extends Stay {
  readonly passphrase?: string
  /** A phone: 390 by 844. */
  readonly isPhone?: boolean
  readonly context?: BrowserContextOptions
}

/** The machine may be busy: what is waited for may take a while. */
export const soon = { timeout: 60_000 }

/** Where screenshots and traces of failed tests are kept. */
const resultsFolder = join(projectRoot, '.cache/e2e')

type Key = keyof typeof texts

/** A text of the app in English, filled with these words. For texts without plurals. */
export function t(key: Key, args: Readonly<Record<string, string | number>> = {}): string {
  return texts[key].replaceAll(/\{(\w+)(?:, number)?\}/g, (whole, name: string) => String(args[name] ?? whole))
}

/**
 * To the first entry of the browser's history, by its name: counted steps would lead out of the app if it were going
 * back by itself just now. Runs in the page.
 */
async function goToTheBeginning(): Promise<void> {
  const [first] = navigation.entries()
  if (first === undefined || first.key === navigation.currentEntry?.key) return
  await navigation.traverseTo(first.key).finished
}

/** Somebody who uses the app as people do: by what they see and press. */
export class AppPerson {
  readonly world: AppPlace
  readonly context: BrowserContext
  page: Page
  /** Of the account that was made here. */
  id = ''

  private constructor(world: AppPlace, context: BrowserContext, page: Page) {
    this.world = world
    this.context = context
    this.page = page
  }

  static async visit(world: AppPlace, { isPhone = false, context: more = {} }: PersonOptions): Promise<AppPerson> {
    const viewport = isPhone ? { width: 390, height: 844 } : { width: 1280, height: 800 }
    const context = await world.browser.newContext({
      viewport,
      hasTouch: isPhone,
      locale: 'en-GB',
      reducedMotion: 'reduce',
      // It would fetch and check the whole app for each person; how it does that is tested by itself.
      serviceWorkers: 'block',
      ...more,
    })
    context.setDefaultTimeout(soon.timeout)
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: world.origin })
    await context.tracing.start({ snapshots: false })
    const page = await context.newPage()
    await page.goto(world.origin)
    return new AppPerson(world, context, page)
  }

  /** From the first screen to the list of conversations. */
  async createAccount(name: string, passphrase?: string): Promise<void> {
    await this.press('onboarding.create')
    await this.field('onboarding.name').fill(name)
    if (passphrase !== undefined) {
      await this.pick('onboarding.protect.passphrase')
      await this.field('lock.new').fill(passphrase)
      await this.field('lock.repeat').fill(passphrase)
    }
    await this.press('onboarding.create.submit')
    await this.page.getByRole('heading', { name: t('onboarding.created.title') }).waitFor()
    this.id = /05[0-9a-f]{64}/.exec((await this.page.locator('main').innerText()).replaceAll(/\s/g, ''))?.[0] ?? ''
    if (this.id === '') throw new Error('no account id was shown')
    await this.press('onboarding.created.done')
    await this.pane('conversations.title').waitFor()
  }

  /** A pane by its name. */
  pane(key: Key): Locator {
    return this.page.getByRole('region', { name: t(key), exact: true })
  }

  button(key: Key, args?: Readonly<Record<string, string | number>>): Locator {
    return this.page.getByRole('button', { name: t(key, args), exact: true })
  }

  /** Chooses one of several by its label. */
  async pick(key: Key): Promise<void> {
    await this.page
      .locator('label')
      .filter({ hasText: t(key) })
      .click()
  }

  field(key: Key): Locator {
    return this.page.getByLabel(t(key), { exact: true })
  }

  async press(key: Key, args?: Readonly<Record<string, string | number>>): Promise<void> {
    await this.button(key, args).first().click()
  }

  /** Opens a page of the settings. */
  async settings(page: Key): Promise<void> {
    await this.page.getByRole('button', { name: / your account/ }).click()
    await this.page.getByRole('menuitem', { name: t('accounts.settings') }).click()
    await this.page.getByRole('dialog').getByText(t(page), { exact: true }).first().click()
  }

  /** Begins or opens a conversation by an id. */
  async open(id: string): Promise<void> {
    await this.press('conversations.new')
    await this.page.getByRole('button', { name: t('start.new-message') }).click()
    await this.field('start.to.label').fill(id)
    await this.press('start.to.next')
    // The conversation that was open before is in its place until then.
    await this.field('start.to.label').waitFor({ state: 'detached' })
    await this.composer.waitFor()
  }

  /** Opens a conversation of the list. */
  async choose(name: string): Promise<void> {
    await this.row(name).click()
    await this.composer.waitFor()
  }

  /** A row of the list of conversations. */
  row(name: string): Locator {
    return this.pane('conversations.title')
      .getByRole('button')
      .filter({ has: this.page.getByText(name, { exact: true }) })
  }

  /**
   * Back to how tests begin: nothing lies above the page, nothing is half-written, and the conversation with somebody
   * was opened anew.
   */
  async startOver(name: string): Promise<void> {
    const above = this.page.locator('[role=dialog], [role=alertdialog], [role=menu], [role=listbox]')
    for (let layers = 0; layers < 5 && (await above.count()) > 0; layers += 1) await this.page.keyboard.press('Escape')
    if (await this.composer.isVisible()) {
      await this.composer.fill('')
      await this.composer.press('Escape')
    }
    await this.page.evaluate(goToTheBeginning)
    await this.composer.waitFor({ state: 'detached' })
    await this.page.getByRole('searchbox', { name: t('conversations.search') }).fill('')
    await this.choose(name)
    // Whoever comes back at once may find the draft that was taken away a moment ago.
    await this.composer.fill('')
    const empty = this.page.getByText(t('conversation.empty.person', { name }))
    await this.messages.or(empty).first().waitFor()
  }

  /** Somebody unknown wrote: opens what they said. */
  async openRequest(name: string): Promise<void> {
    const button = this.page.getByRole('button', { name: /message request/ })
    const pane = this.pane('requests.title')
    await pane.or(button).first().waitFor()
    // Whoever decided about one request is shown the others.
    if (!(await pane.isVisible())) await button.click()
    await pane.getByRole('button', { name }).first().click()
    await this.composer.waitFor()
  }

  /** Where one writes. */
  get composer(): Locator {
    return this.page.getByRole('textbox', { name: t('composer.field'), exact: true })
  }

  /** Sends a text in the conversation that is open, and sees it there, as it is shown. */
  async say(body: string, shown = body): Promise<void> {
    await this.composer.fill(body)
    await this.composer.press('Enter')
    await this.message(shown).waitFor()
  }

  /** Sends any text in the conversation with somebody, by pasting it. */
  async paste(body: string): Promise<void> {
    await this.composer.fill(body)
    await this.composer.press('Enter')
    await this.page.waitForFunction(
      field => field instanceof HTMLTextAreaElement && field.value === '',
      await this.composer.elementHandle(),
    )
  }

  /** Opens a conversation and sends a text. */
  async write(id: string, body: string): Promise<void> {
    await this.open(id)
    await this.say(body)
  }

  /** The messages of the conversation that is open. */
  get messages(): Locator {
    return this.page.locator('[data-message]')
  }

  /** The newest message with this text. */
  message(body: string): Locator {
    return this.messages.filter({ hasText: body }).last()
  }

  async sees(body: string): Promise<void> {
    await this.message(body).waitFor()
  }

  async seesNoMore(body: string): Promise<void> {
    await this.message(body).waitFor({ state: 'detached' })
  }

  /** Chooses from the menu of a message. */
  async chooseFor(body: string, key: Key): Promise<void> {
    await this.message(body).click({ button: 'right' })
    await this.page.getByRole('menuitem', { name: t(key), exact: true }).click()
  }

  /** Takes the connection away, as the browser does: requests fail, and the worker is told. */
  async goOffline(): Promise<void> {
    await this.context.setOffline(true)
    await this.#tellWorkers('offline')
  }

  async goOnline(): Promise<void> {
    await this.context.setOffline(false)
    await this.#tellWorkers('online')
  }

  /** Another tab of the same browser; `page` is the new one from now on. */
  async newTab(): Promise<Page> {
    this.page = await this.context.newPage()
    await this.page.goto(this.world.origin)
    return this.page
  }

  /** Workers hear of it by themselves in a real browser, but not of what is only pretended. */
  async #tellWorkers(event: 'online' | 'offline'): Promise<void> {
    for (const page of this.context.pages()) {
      for (const worker of page.workers()) await worker.evaluate(name => void dispatchEvent(new Event(name)), event)
    }
  }

  /** Closes everything; with the name of a test that failed, what was shown is kept. */
  async leave(failed?: string): Promise<void> {
    if (failed === undefined) await this.context.tracing.stop()
    else {
      mkdirSync(resultsFolder, { recursive: true })
      const path = join(resultsFolder, failed.replaceAll(/[^\w]+/g, '-').slice(0, 100))
      const pages = this.context.pages().map(async (page, at) => page.screenshot({ path: `${path}-${at}.png` }))
      await Promise.allSettled(pages)
      await this.context.tracing.stop({ path: `${path}.zip` })
    }
    await this.context.close()
  }
}
