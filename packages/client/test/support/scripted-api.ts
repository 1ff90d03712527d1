import { type AskOptions, type ClientApi, type WatchListener } from '../../src/channel/client-api.ts'

/** A core whose answers the test gives, by the name that is asked for. */
export class ScriptedApi implements ClientApi {
  readonly answers = new Map<string, (args: unknown, signal: AbortSignal | undefined) => unknown>()
  readonly asked: string[] = []
  readonly listeners = new Set<WatchListener>()

  async command(name: string, args: unknown, options: AskOptions = {}): Promise<unknown> {
    return this.#answer(`command ${name}`, args, options)
  }

  async query(name: string, args: unknown, options: AskOptions = {}): Promise<unknown> {
    return this.#answer(`query ${name}`, args, options)
  }

  watch(name: string, args: unknown, listener: WatchListener): () => void {
    this.asked.push(`watch ${name}`)
    const answer = this.answers.get(`watch ${name}`)
    this.listeners.add(listener)
    if (answer !== undefined) listener.onResult(answer(args, undefined))
    return () => this.listeners.delete(listener)
  }

  async #answer(name: string, args: unknown, { signal }: AskOptions): Promise<unknown> {
    this.asked.push(name)
    return this.answers.get(name)?.(args, signal)
  }
}
