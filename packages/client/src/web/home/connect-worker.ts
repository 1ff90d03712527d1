import { type ClientApi } from '../../channel/client-api.ts'
import { type MessagePortLike, portChannel } from '../../channel/port-channel.ts'
import { RemoteApi } from '../../channel/remote-api.ts'
import { webClock } from '../system/web-clock.ts'
import { HomeClient } from './home-client.ts'
import { workerLockQuery } from './worker-api.ts'

/** A page's side of its worker. */
export interface WorkerConnection {
  readonly home: HomeClient
  /** The same by name. */
  readonly api: ClientApi
  /** Aborts when the worker is gone, however it went: then everything rejects with `channel.closed`, and a new one can be started. */
  readonly closed: AbortSignal
  /** Ends the connection; the worker stays. */
  readonly close: () => void
}

/** A worker may take this long to load: its wasm is large. */
const greetingMs = 60_000

/** Connects a page to the worker in which `startWorker` runs. Calls may be made at once. */
export function connectWorker(worker: MessagePortLike): WorkerConnection {
  const api = new RemoteApi(portChannel(worker), { clock: webClock, greetingMs, deadlineMs: greetingMs + 30_000 })
  const closed = new AbortController()
  const close = (): void => {
    api.close()
    closed.abort()
  }
  void closeWithWorker(api, close, closed.signal)
  return { home: new HomeClient(api), api, closed: closed.signal, close }
}

/** A worker that dies says nothing, but its lock is free then. */
async function closeWithWorker(api: RemoteApi, close: () => void, closed: AbortSignal): Promise<void> {
  try {
    const name = await api.query(workerLockQuery, undefined)
    await navigator.locks.request(String(name), { signal: closed }, () => {})
  } catch {
    if (closed.aborted) return
  }
  close()
}
