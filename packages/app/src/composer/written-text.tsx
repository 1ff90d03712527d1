import { memo, type ReactNode, type Ref } from 'react'
import styles from './composer.module.css'
import { type FieldText } from './field-text.ts'

interface WrittenTextProps {
  readonly value: FieldText
  readonly elementRef: Ref<HTMLDivElement>
}

/** The text of the field once more, unseen but for the marks under names: the two lie on each other and are equally high. */
export const WrittenText = memo(function WrittenText({ value, elementRef }: WrittenTextProps): ReactNode {
  const { text, mentions } = value
  const parts: ReactNode[] = []
  let at = 0
  for (const { start, end } of mentions) {
    parts.push(text.slice(at, start))
    parts.push(
      <mark key={start} className={styles['mention']}>
        {text.slice(start, end)}
      </mark>,
    )
    at = end
  }
  parts.push(text.slice(at))
  return (
    <div ref={elementRef} className={styles['behind']} dir="auto" aria-hidden="true">
      {parts}
      {'\u200B'}
    </div>
  )
})
