import { type ReactNode } from 'react'
import { useText } from '../texts/index.ts'
import { Mark } from '../ui/index.ts'
import styles from './starting.module.css'

/** Until the worker answers: the mark, and after a moment what is going on. */
export function Starting(): ReactNode {
  const text = useText()
  return (
    <main className={styles['starting']} aria-busy="true">
      <Mark size={48} />
      <p role="status">{text('app.starting')}</p>
    </main>
  )
}
