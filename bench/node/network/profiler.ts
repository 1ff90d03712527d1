import { Session, type Profiler as Inspector } from 'node:inspector/promises'

/** CPU profiles of the main thread of this process; its database is written by another thread. */
export class Profiler {
  #session: Session | undefined

  async start(): Promise<void> {
    const session = new Session()
    session.connect()
    await session.post('Profiler.enable')
    await session.post('Profiler.setSamplingInterval', { interval: 200 })
    await session.post('Profiler.start')
    this.#session = session
  }

  /** What ran since the start. */
  async stop(): Promise<Inspector.Profile | undefined> {
    const answer = await this.#session?.post('Profiler.stop')
    this.#session?.disconnect()
    this.#session = undefined
    return answer?.profile
  }
}
