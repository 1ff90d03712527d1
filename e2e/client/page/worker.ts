import { startWorker } from '@sotto/client/web/worker'

/** As in an app: the accounts live here, and the gateway is the one that served this file. */
await startWorker(self, {
  gateway: self.location.origin,
  trust: { kind: 'this-machine' },
})
