import { portChannel } from '../../../src/channel/port-channel.ts'
import { RemoteApi } from '../../../src/channel/remote-api.ts'
import { webClock } from '../../../src/web/system/web-clock.ts'

/** A worker with the adapters in it, and how to kill it as a crash would. */
export interface CoreInWorker {
  readonly remote: RemoteApi
  readonly kill: () => void
}

/** Starts one as an app does, and asks it over the same channel. Whoever starts it kills it. */
export function startCore(): CoreInWorker {
  const worker = new Worker(new URL('./core-worker.ts', import.meta.url), { type: 'module' })
  const kill = (): void => worker.terminate()
  const remote = new RemoteApi(portChannel(worker), { clock: webClock, greetingMs: 60_000, deadlineMs: 120_000 })
  return { remote, kill }
}
