import { type ReactNode, useLayoutEffect, useRef, useState } from 'react'
import { useText } from '../texts/index.ts'
import { LinkButton } from '../ui/index.ts'
import styles from './bubble.module.css'
import { mayBeLong } from './text/may-be-long.ts'

interface LongTextProps {
  readonly body: string
  readonly children: ReactNode
}

/** Shows 25 lines, and the rest when it is asked for. Spec 50 §0. */
export function LongText({ body, children }: LongTextProps): ReactNode {
  const text = useText()
  const box = useRef<HTMLDivElement>(null)
  const [isCut, setCut] = useState(false)
  const [isOpen, setOpen] = useState(() => !mayBeLong(body))
  useLayoutEffect(() => {
    const element = box.current
    if (!isOpen && element !== null) setCut(element.scrollHeight > element.clientHeight + 4)
  }, [isOpen])
  return (
    <>
      <div ref={box} className={isOpen ? undefined : styles['clamped']}>
        {children}
      </div>
      {isCut && !isOpen && (
        <div className={styles['more']}>
          <LinkButton onPress={() => setOpen(true)}>{text('messages.more')}</LinkButton>
        </div>
      )}
    </>
  )
}
