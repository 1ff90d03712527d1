import { createContext, type ReactElement, type ReactNode, useCallback, useContext, useState } from 'react'
import { createPortal } from 'react-dom'
import styles from './visually-hidden.module.css'

/** Says something to screen readers: in its turn, or at once for what cannot wait. */
export type Announce = (text: string, urgency?: 'polite' | 'assertive') => void

const AnnounceContext = createContext<Announce>(() => undefined)

interface Said {
  readonly text: string
  /** Rises, so that the same words twice are read twice. */
  readonly count: number
}

/** Two live regions that are there from the start, as screen readers want it. ToastProvider brings one. */
export function AnnounceProvider({ children }: { readonly children: ReactNode }): ReactElement {
  const [polite, setPolite] = useState<Said>({ text: '', count: 0 })
  const [assertive, setAssertive] = useState<Said>({ text: '', count: 0 })
  const announce = useCallback<Announce>((text, urgency = 'polite') => {
    const set = urgency === 'assertive' ? setAssertive : setPolite
    set(before => ({ text, count: before.count + 1 }))
  }, [])
  return (
    <AnnounceContext value={announce}>
      {children}
      {createPortal(
        // The attribute keeps it readable while a dialog hides the rest of the page.
        <div className={styles['hidden']} data-live-announcer="true">
          <div role="status" aria-live="polite">
            <p key={polite.count}>{polite.text}</p>
          </div>
          <div role="alert" aria-live="assertive">
            <p key={assertive.count}>{assertive.text}</p>
          </div>
        </div>,
        document.body,
      )}
    </AnnounceContext>
  )
}

/** For what changed and is not where the focus is: "Copied", "3 results". */
export function useAnnounce(): Announce {
  return useContext(AnnounceContext)
}
