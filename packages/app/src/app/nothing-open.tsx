import { type ReactNode } from 'react'
import { useText } from '../texts/index.ts'
import { Mark } from '../ui/index.ts'
import styles from './nothing-open.module.css'

/** Beside the list, while no conversation is open. */
export function NothingOpen(): ReactNode {
  const text = useText()
  return (
    <div className={styles['nothing']}>
      <Mark size={48} />
      <p>{text('app.nothing-open')}</p>
    </div>
  )
}
