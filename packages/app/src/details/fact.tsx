import { type ReactNode } from 'react'
import { type TextKey, useText } from '../texts/index.ts'
import styles from './details.module.css'

/** One thing that is known, under its name: a pair of a list of facts. */
export function Fact({ children, name }: { readonly name: TextKey; readonly children: ReactNode }): ReactNode {
  const text = useText()
  return (
    <div className={styles['fact']}>
      <dt>{text(name)}</dt>
      <dd>{children}</dd>
    </div>
  )
}
