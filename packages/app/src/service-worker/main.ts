import { buildPath, serviceWorkerPath, signaturePath } from '../updates/build.ts'
import { type KeeperNotice, type UpdateRequest } from '../updates/messages.ts'
import { webBuildCrypto } from '../updates/web-build-crypto.ts'
import { BuildKeeper } from './build-keeper.ts'

declare const self: ServiceWorkerGlobalScope

/** What only the gateway can answer, and what is never kept. */
const alive: ReadonlySet<string> = new Set(['/pipe', buildPath, signaturePath, serviceWorkerPath])

async function announce(notice: KeeperNotice): Promise<void> {
  for (const page of await self.clients.matchAll({ includeUncontrolled: true, type: 'window' }))
    page.postMessage(notice)
}

const keeper = new BuildKeeper({
  caches: self.caches,
  fetch: self.fetch.bind(self),
  crypto: webBuildCrypto(self.crypto.subtle),
  announce,
})

self.addEventListener('install', event => event.waitUntil(keeper.install()))
self.addEventListener('activate', event => event.waitUntil(self.clients.claim()))

self.addEventListener('fetch', event => {
  const { method, url } = event.request
  const { origin, pathname } = new URL(url)
  if (origin !== self.location.origin || alive.has(pathname) || pathname.startsWith('/.well-known/')) return
  event.respondWith(method === 'GET' ? answer(pathname) : new Response(null, { status: 405 }))
})

async function answer(pathname: string): Promise<Response> {
  const path = pathname === '/' ? '/index.html' : pathname
  const found = await keeper.find(path)
  return found ?? new Response('Not Found', { status: 404, headers: { 'content-type': 'text/plain' } })
}

self.addEventListener('message', event => {
  const request = event.data as UpdateRequest | undefined
  switch (request?.kind) {
    case 'status':
      return event.waitUntil(keeper.status())
    case 'check':
      return event.waitUntil(keeper.check())
    case 'activate':
      return event.waitUntil(keeper.activate())
    case 'trust':
      return event.waitUntil(keeper.trust())
    default:
  }
})
