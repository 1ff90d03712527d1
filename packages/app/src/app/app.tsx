import { type ReactNode, useEffect, useMemo, useSyncExternalStore } from 'react'
import { type HomeClient } from '@sotto/client/web'
import { type Connection, type Home, HomeContext, WatchCache } from '../core/index.ts'
import { useAppearance } from '../preferences/index.ts'
import { Accounts } from './accounts.tsx'
import { ErrorBoundary } from './error-boundary.tsx'
import { Failed } from './failed.tsx'
import { Starting } from './starting.tsx'

/** The whole page: what the worker says decides what there is to see. */
export function App({ connection }: { readonly connection: Connection }): ReactNode {
  useAppearance()
  const state = useSyncExternalStore(connection.subscribe, () => connection.state)
  switch (state.kind) {
    case 'starting':
      return <Starting />
    case 'failed':
      return <Failed error={state.error} onRetry={connection.retry} />
    case 'ready':
      return <AtHome home={state.home} />
  }
}

function AtHome({ home }: { readonly home: HomeClient }): ReactNode {
  const value = useMemo<Home>(() => ({ home, cache: new WatchCache() }), [home])
  useEffect(() => () => value.cache.clear(), [value])
  useEffect(() => {
    const look = (): void => {
      if (document.visibilityState === 'visible') void home.poke().catch(() => undefined)
    }
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [home])
  return (
    <HomeContext value={value}>
      <ErrorBoundary>
        <Accounts />
      </ErrorBoundary>
    </HomeContext>
  )
}
