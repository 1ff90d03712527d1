import { performance } from 'node:perf_hooks'
import { randomUUID } from 'node:crypto'
import { type Person, until } from './person.ts'

/** As many messages as one sees at once. */
const pageLimit = 30

/** What one person writes to another, and how long each text takes to their screen. */
export class Talk {
  readonly #from: Person
  readonly #to: Person
  readonly #waiting = new Map<string, { readonly start: number; readonly seen: PromiseWithResolvers<number> }>()
  readonly #stop: () => void

  /** `to` has the conversation open all the time. */
  constructor(from: Person, to: Person) {
    this.#from = from
    this.#to = to
    const args = { conversation: from.accountId, limit: pageLimit }
    this.#stop = to.client.watch('messages.page', args, {
      onResult: ({ messages }) => {
        const now = performance.now()
        for (const { body } of messages) this.#note(body ?? '', now)
      },
    })
  }

  /** Each accepts the other: what strangers can send is bounded. */
  async begin(): Promise<void> {
    const { client, accountId } = this.#to
    await client.command('messages.send', { id: randomUUID(), conversation: this.#from.accountId, body: 'Hello' })
    const page = { conversation: accountId, limit: 1 }
    await until(this.#from, 'messages.page', page, ({ messages }) => messages.length > 0)
  }

  /** Ms from the command to the page that shows it. */
  async send(): Promise<number> {
    const body = `A text of the usual length, which is not much: ${randomUUID()}`
    const seen = Promise.withResolvers<number>()
    this.#waiting.set(body, { start: performance.now(), seen })
    const { client } = this.#from
    await client.command('messages.send', { id: randomUUID(), conversation: this.#to.accountId, body })
    return seen.promise
  }

  end(): void {
    this.#stop()
  }

  #note(body: string, now: number): void {
    const waiting = this.#waiting.get(body)
    this.#waiting.delete(body)
    waiting?.seen.resolve(now - waiting.start)
  }
}
