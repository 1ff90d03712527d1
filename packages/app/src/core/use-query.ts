import { useCallback, useContext, useSyncExternalStore } from 'react'
import { type Queries } from '@sotto/client'
import { type HomeQueries } from '@sotto/client/web'
import { HomeContext, useAccount } from './core-context.ts'
import { type StartWatch, type WatchCache, type Watched } from './watch-cache.ts'

type Args<K extends keyof Queries> = Parameters<Queries[K]>[0]
type Result<K extends keyof Queries> = Awaited<ReturnType<Queries[K]>>

/** An answer that stays up to date. */
export interface Answer<T> {
  /** `undefined` until the first answer comes. */
  readonly value: T | undefined
  /** Why there will be no more; what was last known stays. */
  readonly error: unknown
}

/** The answer of the account that is shown, and each newer one; `undefined` before the first. Errors count as no answer. */
export function useQuery<K extends keyof Queries>(
  name: K,
  ...[args]: undefined extends Args<K> ? [] : [Args<K>]
): Result<K> | undefined {
  return useAnswer(name, args as Args<K>).value
}

/** The same with what went wrong. */
export function useAnswer<K extends keyof Queries>(name: K, args: Args<K>): Answer<Result<K>> {
  const { client, cache } = useAccount()
  const key = `${name} ${JSON.stringify(args ?? null)}`
  const start = useCallback<StartWatch>(
    (onResult, onError) => client.watch(name, args, { onResult, onError }),
    // The key says all that the arguments do.
    // oxlint-disable-next-line react/exhaustive-deps
    [client, key],
  )
  return useWatched(cache, key, start) as Answer<Result<K>>
}

/** What is asked about the accounts of this device. */
export function useHomeQuery<K extends 'home.list' | 'home.status'>(name: K): ReturnType<HomeQueries[K]> | undefined {
  const home = useContext(HomeContext)
  if (home === undefined) throw new Error('there is no home above this component')
  const { home: client, cache } = home
  const start = useCallback<StartWatch>(
    (onResult, onError) =>
      name === 'home.list' ? client.watchList({ onResult, onError }) : client.watchStatus({ onResult, onError }),
    [client, name],
  )
  return useWatched(cache, name, start).value as ReturnType<HomeQueries[K]> | undefined
}

function useWatched(cache: WatchCache, key: string, start: StartWatch): Watched {
  const subscribe = useCallback((listener: () => void) => cache.subscribe(key, start, listener), [cache, key, start])
  return useSyncExternalStore(subscribe, () => cache.peek(key))
}
