import { type KeyboardEvent, type ReactNode } from 'react'
import { useText } from '../texts/index.ts'
import { classes, Icon } from '../ui/index.ts'
import { type PickerRow, type Section } from './picker-rows.ts'
import { sectionIcon, sectionKey } from './section-look.ts'
import styles from './picker.module.css'

interface SectionBarProps {
  readonly rows: readonly PickerRow[]
  readonly current: Section | undefined
  readonly onChoose: (section: Section) => void
}

/** Jumps to a section. One of its buttons is reached by Tab, the others by arrows. */
export function SectionBar({ rows, current, onChoose }: SectionBarProps): ReactNode {
  const text = useText()
  const sections = rows.flatMap(row => (row.kind === 'title' ? [row.section] : []))
  return (
    <div className={styles['sections']} role="toolbar" aria-label={text('emoji.sections')} onKeyDown={moveFocus}>
      {sections.map(section => (
        <button
          key={section}
          type="button"
          title={text(sectionKey(section))}
          aria-label={text(sectionKey(section))}
          aria-pressed={section === current}
          tabIndex={section === current ? 0 : -1}
          className={classes(styles['section'], section === current && styles['current'])}
          onClick={() => onChoose(section)}
        >
          <Icon icon={sectionIcon(section)} size={18} />
        </button>
      ))}
    </div>
  )
}

function moveFocus(event: KeyboardEvent<HTMLDivElement>): void {
  if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return
  const isRtl = getComputedStyle(event.currentTarget).direction === 'rtl'
  const isForward = (event.key === 'ArrowRight') !== isRtl
  const { activeElement } = document
  const next = isForward ? activeElement?.nextElementSibling : activeElement?.previousElementSibling
  if (next instanceof HTMLElement) next.focus()
  event.preventDefault()
}
