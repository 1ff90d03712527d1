import { connectWorker } from '@sotto/client/web'
import { scanOrigin } from '../../../packages/client/test/web/chromium/scan-origin.ts'

/** What the test calls in this page, and what it is called with. */
interface Bridge {
  sotto: unknown
  told(id: number, event: unknown): Promise<void>
}

const bridge = globalThis as unknown as Bridge
const worker = new Worker('/worker.js', { type: 'module' })
const { api, closed } = connectWorker(worker)
const watches = new Map<number, () => void>()

function failureOf(error: unknown): object {
  if (typeof error !== 'object' || error === null || !('code' in error)) return { code: 'remote.failed' }
  return { code: error.code, ...('detail' in error ? { detail: error.detail } : {}) }
}

bridge.sotto = {
  ask: async (kind: 'command' | 'query', name: string, args: unknown) => {
    try {
      return { value: await api[kind](name, args) }
    } catch (error) {
      return { failure: failureOf(error) }
    }
  },
  watch: (id: number, name: string, args: unknown) => {
    const stop = api.watch(name, args, {
      onResult: value => void bridge.told(id, { value }),
      onError: error => void bridge.told(id, { failure: failureOf(error) }),
    })
    watches.set(id, stop)
  },
  unwatch: (id: number) => watches.get(id)?.(),
  /** As a crash would: the worker has no say in it. */
  kill: () => worker.terminate(),
  closed: async () => {
    if (closed.aborted) return
    const { promise, resolve } = Promise.withResolvers<void>()
    closed.addEventListener('abort', () => resolve())
    await promise
  },
  /** Where the bytes of these texts lie in what the origin keeps. */
  scan: async (texts: readonly string[]) => scanOrigin(texts.map(text => new TextEncoder().encode(text))),
}
