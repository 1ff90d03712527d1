import { type ReactNode } from 'react'
import { useText } from '../texts/index.ts'
import styles from './appearance.module.css'

/** How a conversation looks with what is chosen. */
export function AppearancePreview(): ReactNode {
  const text = useText()
  return (
    <div className={styles['preview']} role="img" aria-label={text('settings.preview')}>
      <p className={styles['bubble']}>{text('settings.preview.other')}</p>
      <p className={styles['bubble']} data-own>
        {text('settings.preview.own')}
      </p>
    </div>
  )
}
