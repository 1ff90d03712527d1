import type { ReactElement, ReactNode } from 'react'
import styles from './gallery.module.css'

/** One chapter of the gallery. */
export function Part({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactElement {
  return (
    <section className={styles['part']} aria-label={title}>
      <h2 className={styles['heading']}>{title}</h2>
      {children}
    </section>
  )
}

/** Things beside each other. */
export function Row({ children }: { readonly children: ReactNode }): ReactElement {
  return <div className={styles['row']}>{children}</div>
}

/** Columns as wide as a phone, as many as there is room for. */
export function Columns({ children }: { readonly children: ReactNode }): ReactElement {
  return <div className={styles['columns']}>{children}</div>
}

/** Things below each other. */
export function Stack({ children }: { readonly children: ReactNode }): ReactElement {
  return <div className={styles['stack']}>{children}</div>
}
