import { encodeHex } from '@sotto/protocol/encoding'
import { portChannel } from '../../channel/port-channel.ts'
import { serveApi } from '../../channel/serve-api.ts'
import { waitForWebLock } from '../files/web-lock.ts'
import { webClock } from '../system/web-clock.ts'
import { webRandom } from '../system/web-random.ts'
import { type LedCore, TabGroup } from '../tabs/tab-group.ts'
import { type TabRole } from '../tabs/tab-role.ts'
import { HomeApi } from './home-api.ts'
import { WebHome, type WebHomeOptions } from './web-home.ts'
import { WorkerApi } from './worker-api.ts'

/** What a worker is told. */
export interface WorkerOptions extends WebHomeOptions {
  /** Whether this tab has the accounts, or asks another one that has. */
  readonly onRole?: (role: TabRole) => void
}

/**
 * Runs in a dedicated worker of each tab, and answers its page: see `connectWorker`. One tab of the origin has the accounts,
 * the others ask it; when it is gone the next one opens again what needs no passphrase.
 */
export async function startWorker(scope: DedicatedWorkerGlobalScope, options: WorkerOptions): Promise<void> {
  const { onRole, onProblem } = options
  const lock = `sotto-worker/${encodeHex(webRandom(16))}`
  await waitForWebLock(lock, new AbortController().signal)
  const own: { role: TabRole; api?: WorkerApi } = { role: 'waiting' }
  const group = await TabGroup.join({
    name: 'sotto-home',
    clock: webClock,
    random: webRandom,
    lead: async () => lead(scope, options),
    onRole: role => {
      own.role = role
      own.api?.setRole(role)
      onRole?.(role)
    },
    ...(onProblem === undefined ? {} : { onFailure: onProblem }),
  })
  const api = new WorkerApi(group.api, lock)
  own.api = api
  api.setRole(own.role)
  serveApi(portChannel(scope), api)
}

async function lead(scope: DedicatedWorkerGlobalScope, options: WebHomeOptions): Promise<LedCore> {
  const home = await WebHome.open(options)
  const api = new HomeApi(home, webRandom, options.onProblem)
  const ended = new AbortController()
  const { signal } = ended
  scope.addEventListener('online', () => void home.setOnline(true), { signal })
  scope.addEventListener('offline', () => void home.setOnline(false), { signal })
  void home.setOnline(scope.navigator.onLine)
  await api.openUnprotected()
  const stop = async (): Promise<void> => {
    ended.abort()
    await api.stop()
    await home.stop()
  }
  return { api, stop }
}
