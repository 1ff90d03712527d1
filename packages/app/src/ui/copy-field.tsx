import { Check, Copy } from 'lucide-react'
import { type ReactElement, useEffect, useId, useState } from 'react'
import { useText } from '../texts/index.ts'
import { useAnnounce } from './announce.tsx'
import { Button } from './button.tsx'
import { classes } from './classes.ts'
import styles from './copy-field.module.css'
import { Icon } from './icon.tsx'

const COPIED_MS = 2000

/** `lines` limits what is shown, not what is copied; without it everything is. */
export interface CopyFieldProps {
  readonly value: string
  readonly label: string
  readonly mono?: boolean
  readonly lines?: 1 | 2 | 3
  readonly labelHidden?: boolean
  /** Called after it was copied, as to clear the clipboard later. */
  readonly onCopy?: () => void
}

/** Something to take elsewhere: a press selects it all, the button copies it and says so. */
export function CopyField({
  value,
  label,
  mono = false,
  lines,
  labelHidden = false,
  onCopy,
}: CopyFieldProps): ReactElement {
  const text = useText()
  const id = useId()
  const [copied, copy] = useCopy(value, onCopy)
  const words = text(copied === 'yes' ? 'ui.copied' : copied === 'failed' ? 'ui.copy.failed' : 'ui.copy')
  return (
    <div className={styles['field']} role="group" aria-labelledby={id}>
      <span id={id} className={styles['label']} hidden={labelHidden}>
        {label}
      </span>
      <div className={styles['box']}>
        <span
          className={classes(styles['value'], mono && styles['mono'], lines !== undefined && styles[`lines${lines}`])}
          dir={mono ? 'ltr' : 'auto'}
        >
          {value}
        </span>
        <Button size="small" onPress={() => void copy()}>
          <Icon icon={copied === 'yes' ? Check : Copy} size={16} />
          {words}
        </Button>
      </div>
    </div>
  )
}

function useCopy(
  value: string,
  onCopy: (() => void) | undefined,
): readonly ['no' | 'yes' | 'failed', () => Promise<void>] {
  const text = useText()
  const announce = useAnnounce()
  const [copied, setCopied] = useState<'no' | 'yes' | 'failed'>('no')
  useEffect(() => {
    if (copied === 'no') return undefined
    const timer = window.setTimeout(() => setCopied('no'), COPIED_MS)
    return () => window.clearTimeout(timer)
  }, [copied])
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(value)
    } catch {
      setCopied('failed')
      announce(text('ui.copy.failed'), 'assertive')
      return
    }
    setCopied('yes')
    announce(text('ui.copied'))
    onCopy?.()
  }
  return [copied, copy]
}
