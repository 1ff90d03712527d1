import { type ReactNode } from 'react'
import { useText } from '../texts/index.ts'
import styles from './recovery.module.css'

/** The words of a recovery phrase, numbered, as one writes them down. They are English in every language. */
export function RecoveryWords({ phrase }: { readonly phrase: string }): ReactNode {
  const text = useText()
  return (
    <ol className={styles['words']} aria-label={text('recovery.words')} dir="ltr" lang="en" translate="no">
      {phrase.split(' ').map((word, at) => (
        // A word may stand there twice.
        // oxlint-disable-next-line react/no-array-index-key
        <li key={at}>{word}</li>
      ))}
    </ol>
  )
}
