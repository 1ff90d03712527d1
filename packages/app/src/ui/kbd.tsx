import type { ReactElement, ReactNode } from 'react'
import styles from './kbd.module.css'

/** A key, as it is printed on this platform's keyboard. */
export function Kbd({ children }: { readonly children: ReactNode }): ReactElement {
  return <kbd className={styles['key']}>{children}</kbd>
}
