import { type ReactNode } from 'react'
import { type SnippetPart } from '@sotto/client'
import styles from './details.module.css'

interface FoundRowProps {
  readonly name: string
  readonly when: string
  readonly parts: readonly SnippetPart[]
  readonly isCurrent: boolean
  readonly onPress: () => void
}

/** A message in short; pressing it shows it where it stands. */
export function FoundRow({ isCurrent, name, onPress, parts, when }: FoundRowProps): ReactNode {
  return (
    <button type="button" className={styles['row']} aria-current={isCurrent || undefined} data-result onClick={onPress}>
      <span className={styles['head']}>
        <bdi className={styles['name']}>{name}</bdi>
        <span className={styles['when']}>{when}</span>
      </span>
      <span className={styles['snippet']} dir="auto">
        {parts.map((part, at) =>
          part.isMatch ? <mark key={`${at}`}>{part.text}</mark> : <span key={`${at}`}>{part.text}</span>,
        )}
      </span>
    </button>
  )
}
