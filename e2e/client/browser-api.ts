import { type ClientApi, type WatchListener } from '@sotto/client'
import { type Page } from 'playwright-core'
import { ChannelError } from '../../packages/client/src/channel/channel-error.ts'
import { RemoteError, type RemoteErrorCode } from '../../packages/client/src/channel/remote-error.ts'

interface Failure {
  readonly code: RemoteErrorCode
  readonly detail?: Readonly<Record<string, number | boolean>>
}
type Answer = { readonly value?: unknown; readonly failure?: Failure }

/** What the page offers; see `page/page.ts`. */
export interface PageBridge {
  ask(kind: 'command' | 'query', name: string, args: unknown): Promise<Answer>
  watch(id: number, name: string, args: unknown): void
  unwatch(id: number): void
  kill(): void
  closed(): Promise<void>
  scan(texts: readonly string[]): Promise<{ readonly bytes: number; readonly found: readonly string[] }>
}

/** The home that a page is connected to, asked from outside of the page. */
export class BrowserApi implements ClientApi {
  readonly #page: Page
  readonly #watches = new Map<number, WatchListener>()
  #lastId = 0

  private constructor(page: Page) {
    this.#page = page
  }

  static async of(page: Page): Promise<BrowserApi> {
    const api = new BrowserApi(page)
    await page.exposeFunction('told', (id: number, { value, failure }: Answer) => {
      const listener = api.#watches.get(id)
      if (failure === undefined) listener?.onResult(value)
      else listener?.onError?.(errorOf(failure))
    })
    return api
  }

  async command(name: string, args: unknown): Promise<unknown> {
    return this.#ask('command', name, args)
  }

  async query(name: string, args: unknown): Promise<unknown> {
    return this.#ask('query', name, args)
  }

  watch(name: string, args: unknown, listener: WatchListener): () => void {
    this.#lastId += 1
    const id = this.#lastId
    this.#watches.set(id, listener)
    void this.#page.evaluate(
      ([id, name, args]) => (globalThis as unknown as { sotto: PageBridge }).sotto.watch(id, name, args),
      [id, name, args] as const,
    )
    return () => {
      this.#watches.delete(id)
      void this.#page.evaluate(each => (globalThis as unknown as { sotto: PageBridge }).sotto.unwatch(each), id)
    }
  }

  async #ask(kind: 'command' | 'query', name: string, args: unknown): Promise<unknown> {
    const { value, failure } = await this.#evaluate(kind, name, args)
    if (failure !== undefined) throw errorOf(failure)
    return value
  }

  /** A page that is closed or loaded anew answers nothing any more. */
  async #evaluate(kind: 'command' | 'query', name: string, args: unknown): Promise<Answer> {
    try {
      return await this.#page.evaluate(
        async ([kind, name, args]) => (globalThis as unknown as { sotto: PageBridge }).sotto.ask(kind, name, args),
        [kind, name, args] as const,
      )
    } catch (cause) {
      throw new ChannelError('channel.closed', {}, { cause })
    }
  }
}

function errorOf({ code, detail }: Failure): RemoteError {
  return new RemoteError(code, detail)
}
