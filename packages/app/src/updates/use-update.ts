import { useEffect, useMemo, useState } from 'react'
import { type KeeperLink, pageLink } from './keeper-link.ts'
import { stateOf, type UpdateState } from './update-state.ts'

/** What a page can do about builds. */
export interface Update {
  readonly state: UpdateState
  /** Looks now. */
  readonly check: () => void
  /** Uses the build that is ready, and loads this page again. */
  readonly activate: () => void
  /** Takes a build of another key after all, where `mayTrust` says so. It is ready then, and not yet in use. */
  readonly trust: () => void
  /** Loads this page again, for `activated`. */
  readonly reload: () => void
}

/** How it stands with builds of the app, for as long as the component is there. */
export function useUpdate(): Update {
  const [state, setState] = useState<UpdateState>({ kind: 'none' })
  const link = useMemo(() => pageLink(), [])
  useEffect(() => {
    const stop = link.listen(notice => {
      if (notice.kind === 'status') setState(stateOf(notice))
      else if (notice.kind === 'activated') setState({ kind: 'activated', version: notice.version })
    })
    void link.ask({ kind: 'status' })
    return stop
  }, [link])
  const actions = useMemo(() => actionsOf(link), [link])
  return { state, ...actions }
}

function actionsOf(link: KeeperLink): Omit<Update, 'state'> {
  return {
    check: () => void link.ask({ kind: 'check' }),
    activate: () => void link.ask({ kind: 'activate' }),
    trust: () => void link.ask({ kind: 'trust' }),
    reload: () => location.reload(),
  }
}
