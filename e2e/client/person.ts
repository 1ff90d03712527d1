import { isDeepStrictEqual } from 'node:util'
import { type MessageView, type TypedClient } from '@sotto/client'
import { HomeClient, type HomeProtection, type OpenedAccount } from '@sotto/client/web'
import { vi } from 'vitest'
import { type Place, type World } from './world.ts'

/** The machine may be busy: what is waited for may take a while. */
export const soon = { timeout: 60_000, interval: 20 }

/** One person with one account, wherever it lives. */
export class Person<P extends Place = Place> {
  readonly place: P
  readonly opened: OpenedAccount

  private constructor(place: P, opened: OpenedAccount) {
    this.place = place
    this.opened = opened
  }

  static async create<P extends Place>(world: World<P>, name: string, protection?: HomeProtection): Promise<Person<P>> {
    const place = await world.place()
    return new Person<P>(place, await new HomeClient(place.api).create(name, protection))
  }

  get home(): HomeClient {
    return new HomeClient(this.place.api)
  }

  get client(): TypedClient {
    return this.home.account(this.opened.slot)
  }

  get id(): string {
    return this.opened.accountId
  }

  /** Its id is the text: saying the same again is harmless. */
  async say(to: Person, body: string): Promise<number> {
    return (await this.client.command('messages.send', { id: body, conversation: to.id, body })).message
  }

  async messages(of: Person): Promise<readonly MessageView[]> {
    return (await this.client.query('messages.page', { conversation: of.id, limit: 100 })).messages
  }

  async texts(of: Person): Promise<readonly (string | undefined)[]> {
    return (await this.messages(of)).filter(({ kind }) => kind === 'text').map(({ body }) => body)
  }

  async sees(of: Person, bodies: readonly string[]): Promise<void> {
    await until(async () => this.texts(of), bodies)
  }

  async seesLast(of: Person, body: string): Promise<void> {
    await until(async () => (await this.texts(of)).at(-1), body)
  }

  /** The network has everything that was said to them. */
  async hasSentAll(to: Person): Promise<void> {
    const unsent = async (): Promise<number> =>
      (await this.messages(to)).filter(({ outgoing, state }) => outgoing && state !== 'sent').length
    await until(unsent, 0)
  }
}

/** Waits until it is so; says what it was instead where that takes too long. */
async function until(look: () => Promise<unknown>, wanted: unknown): Promise<void> {
  await vi.waitFor(async () => {
    const found = await look()
    if (!isDeepStrictEqual(found, wanted)) throw new Error(`${JSON.stringify(found)} is not ${JSON.stringify(wanted)}`)
  }, soon)
}
