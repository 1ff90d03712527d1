import { type ReactNode } from 'react'
import { useText } from '../texts/index.ts'
import { QrCode } from '../ui/index.ts'
import styles from './recovery.module.css'

/** The seed as a QR code: its hex digits, which other devices scan to restore. Spec 50 §9.8, §14. */
export function PhraseCode({ seed }: { readonly seed: string }): ReactNode {
  const text = useText()
  return (
    <div className={styles['code']}>
      <QrCode text={seed} label={text('recovery.qr')} size={260} />
      <p>{text('recovery.qr.what')}</p>
    </div>
  )
}
