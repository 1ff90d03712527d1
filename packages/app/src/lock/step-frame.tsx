import { ArrowLeft } from 'lucide-react'
import { type FormEvent, type ReactNode, useEffect, useRef } from 'react'
import { useText } from '../texts/index.ts'
import { IconButton, Mark } from '../ui/index.ts'
import styles from './step-frame.module.css'

interface StepFrameProps {
  readonly title: string
  readonly intro?: ReactNode
  readonly onBack?: () => void
  /** Makes a form of it. */
  readonly onSubmit?: () => void
  readonly children: ReactNode
}

/** One thing at a time, in the middle of the window. */
export function StepFrame({ title, intro, onBack, onSubmit, children }: StepFrameProps): ReactNode {
  const text = useText()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    // What was pressed to get here is gone; a field may have taken the focus already.
    if (document.activeElement === document.body) heading.current?.focus()
  }, [])
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    onSubmit?.()
  }
  return (
    <main className={styles['page']}>
      <form className={styles['step']} onSubmit={submit} noValidate>
        <div className={styles['top']}>
          {onBack === undefined ? (
            <Mark size={32} />
          ) : (
            <IconButton icon={ArrowLeft} label={text('ui.back')} mirrored onPress={onBack} />
          )}
        </div>
        <h1 className={styles['title']} ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {intro !== undefined && <p className={styles['intro']}>{intro}</p>}
        {children}
      </form>
    </main>
  )
}
