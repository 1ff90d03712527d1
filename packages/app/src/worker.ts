import { portChannel, serveApi } from '@sotto/client'
import { parseTrustedKeys, startWorker, type WorkerOptions } from '@sotto/client/web/worker'

declare const self: DedicatedWorkerGlobalScope

/** Hex keys, separated by commas, given when a build is made for a certain network. */
const keys = String(import.meta.env['VITE_SOTTO_TRUSTED_KEYS'] ?? '')

const options: WorkerOptions = {
  gateway: self.location.origin,
  trust: keys === '' ? { kind: 'this-machine' } : { kind: 'keys', keys: parseTrustedKeys(keys), isLocal: false },
}

try {
  await startWorker(self, options)
} catch (error) {
  // The page asks anyway: it learns why there is nothing here.
  const fail = async (): Promise<never> => {
    throw error
  }
  serveApi(portChannel(self), {
    command: fail,
    query: fail,
    watch: (_name, _args, listener) => {
      listener.onError?.(error)
      return () => undefined
    },
  })
}
