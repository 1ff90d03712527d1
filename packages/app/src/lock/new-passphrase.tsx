import { type ReactNode } from 'react'
import { useText } from '../texts/index.ts'
import { TextField } from '../ui/index.ts'
import { PassphraseHints } from './passphrase-hints.tsx'
import { type PassphraseFault } from './passphrase-rules.ts'
import styles from './new-passphrase.module.css'

interface NewPassphraseProps {
  readonly passphrase: string
  readonly repeated: string
  readonly onChange: (passphrase: string, repeated: string) => void
  /** Shown under the field that it is about. */
  readonly fault: PassphraseFault | undefined
  readonly onSubmit?: () => void
  readonly autoFocus?: boolean
}

/** A passphrase that is chosen: typed twice, with advice that nobody has to follow. */
export function NewPassphrase(props: NewPassphraseProps): ReactNode {
  const { passphrase, repeated, onChange, fault, onSubmit, autoFocus = false } = props
  const text = useText()
  const submit = onSubmit === undefined ? {} : { onSubmit }
  return (
    <div className={styles['fields']}>
      <TextField
        label={text('lock.new')}
        value={passphrase}
        onChange={value => onChange(value, repeated)}
        error={fault === 'too-short' || fault === 'too-long' ? text(`lock.${fault}`) : undefined}
        isSecret
        dir="ltr"
        autoFocus={autoFocus}
        {...submit}
      />
      <TextField
        label={text('lock.repeat')}
        value={repeated}
        onChange={value => onChange(passphrase, value)}
        error={fault === 'mismatch' ? text('lock.mismatch') : undefined}
        isSecret
        dir="ltr"
        {...submit}
      />
      <PassphraseHints passphrase={passphrase} />
    </div>
  )
}
