import {
  createContext,
  type ReactElement,
  type ReactNode,
  useCallback,
  useContext,
  useMemo,
  useRef,
  useState,
} from 'react'
import { createPortal } from 'react-dom'
import { I18nProvider } from 'react-aria-components/I18nProvider'
import { useLanguage, useText } from '../texts/index.ts'
import { AnnounceProvider, useAnnounce } from './announce.tsx'
import type { Toast } from './toast.ts'
import { ToastCard } from './toast-card.tsx'
import styles from './toasts.module.css'

/** Shows toasts; does not change between renders. */
export interface Toasts {
  readonly show: (toast: Toast) => void
}

const MOST = 3
const SHOW_MS = 5000
const SHOW_WITH_ACTION_MS = 10_000

const ToastsContext = createContext<Toasts>({ show: () => undefined })

/** The toasts of whatever ToastProvider is above. */
export function useToasts(): Toasts {
  return useContext(ToastsContext)
}

/** One for the whole app. It also brings live regions, and tells widgets the language, hence the direction of arrows. */
export function ToastProvider({ children }: { readonly children: ReactNode }): ReactElement {
  return (
    <I18nProvider locale={useLanguage()}>
      <AnnounceProvider>
        <Shown>{children}</Shown>
      </AnnounceProvider>
    </I18nProvider>
  )
}

interface ShownToast {
  readonly id: number
  readonly toast: Toast
}

function Shown({ children }: { readonly children: ReactNode }): ReactElement {
  const text = useText()
  const announce = useAnnounce()
  const [shown, setShown] = useState<readonly ShownToast[]>([])
  const counter = useRef(0)
  const show = useCallback(
    (toast: Toast) => {
      counter.current += 1
      const id = counter.current
      announce(toast.text, toast.tone === 'danger' ? 'assertive' : 'polite')
      setShown(before => [...before, { id, toast }].slice(-MOST))
    },
    [announce],
  )
  const toasts = useMemo(() => ({ show }), [show])
  const close = useCallback((id: number) => setShown(before => before.filter(each => each.id !== id)), [])
  return (
    <ToastsContext value={toasts}>
      {children}
      {createPortal(
        <section
          className={styles['region']}
          aria-label={text('ui.toasts')}
          data-react-aria-top-layer="true"
          hidden={shown.length === 0}
        >
          {shown.map(({ id, toast }) => (
            <ToastCard
              key={id}
              toast={toast}
              durationMs={toast.durationMs ?? (toast.action === undefined ? SHOW_MS : SHOW_WITH_ACTION_MS)}
              onClose={() => close(id)}
            />
          ))}
        </section>,
        document.body,
      )}
    </ToastsContext>
  )
}
