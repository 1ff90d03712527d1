import { scriptUrl } from '../core/script-urls.ts'
import { serviceWorkerPath } from './build.ts'
import { pageLink } from './keeper-link.ts'

const hourMs = 3_600_000

/**
 * Has the service worker keep this build, and look for another one now and once an hour. To be called once per page. What it
 * finds it tells `useUpdate`. Where there can be no service worker, or the first build is damaged, the app goes on without.
 */
export async function startUpdates(): Promise<void> {
  // A development server has no build to keep.
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  const link = pageLink()
  await navigator.serviceWorker.register(scriptUrl(serviceWorkerPath), { scope: '/', updateViaCache: 'none' })
  await link.ask({ kind: 'check' })
  setInterval(() => void link.ask({ kind: 'check' }), hourMs)
}
