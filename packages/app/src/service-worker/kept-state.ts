import { type KnownBuild } from '../updates/messages.ts'

/** What the service worker remembers between its starts. */
export interface KeptState {
  /** The key of the first build that was seen, hex. */
  readonly key: string
  /** What is served. */
  readonly pinned: KnownBuild
  /** What waits to be served. */
  readonly ready?: KnownBuild
  /** What was served before: pages that are still open may ask for its files. */
  readonly previous?: KnownBuild
}

const cacheName = 'sotto-state'
const statePath = '/state'
const buildCaches = 'sotto-build-'

/** The name of the cache with the files of a build. */
export function cacheNameOf({ version, signedAt }: KnownBuild): string {
  return `${buildCaches}${version}-${signedAt}`
}

/** Reads the state; `undefined` before the first build was taken. Only this service worker writes it. */
export async function readState(caches: CacheStorage): Promise<KeptState | undefined> {
  const cache = await caches.open(cacheName)
  const kept = await cache.match(statePath)
  return kept === undefined ? undefined : ((await kept.json()) as KeptState)
}

/** Writes the state, and deletes the caches that it no longer names. */
export async function writeState(caches: CacheStorage, state: KeptState): Promise<void> {
  const cache = await caches.open(cacheName)
  await cache.put(statePath, new Response(JSON.stringify(state)))
  const { pinned, ready, previous } = state
  const named = [pinned, ready, previous].filter(build => build !== undefined).map(cacheNameOf)
  for (const name of await caches.keys()) {
    if (name.startsWith(buildCaches) && !named.includes(name)) await caches.delete(name)
  }
}
