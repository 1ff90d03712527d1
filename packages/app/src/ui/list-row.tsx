import type { ReactElement, ReactNode, Ref } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'
import { classes } from './classes.ts'
import styles from './list-row.module.css'

/** 64 px high. What stands in it is not pressable itself; put other actions in a ContextMenu around it. */
export interface ListRowProps {
  readonly title: ReactNode
  /** At the end of the title's line, as a time. */
  readonly meta?: ReactNode
  readonly subtitle?: ReactNode
  /** At the end of the subtitle's line, as a badge. */
  readonly trailing?: ReactNode
  /** Before both, as an avatar. */
  readonly leading?: ReactNode
  /** Shown here now; read out as the current one. */
  readonly selected?: boolean
  /** Heavier words, for what was not read. */
  readonly strong?: boolean
  readonly isDisabled?: boolean
  /** The whole row in words, where its parts would not read well; begins with the title, as everything visible must be in it. */
  readonly label?: string
  readonly onPress?: () => void
  readonly rowRef?: Ref<HTMLButtonElement>
  /** For lists with arrow keys, where one row is in the order of tabs. */
  readonly excludeFromTabOrder?: boolean
}

/** One row of a list of people, conversations, devices. A row without `onPress` only shows. */
export function ListRow(props: ListRowProps): ReactElement {
  const {
    selected = false,
    strong = false,
    isDisabled = false,
    label,
    onPress,
    rowRef,
    excludeFromTabOrder = false,
  } = props
  const look = classes(styles['row'], strong && styles['strong'])
  if (onPress === undefined) {
    return (
      <div className={look}>
        <Parts {...props} />
      </div>
    )
  }
  return (
    <AriaButton
      className={classes(look, styles['pressable'], selected && styles['selected'])}
      isDisabled={isDisabled}
      excludeFromTabOrder={excludeFromTabOrder}
      onPress={() => onPress()}
      {...(selected ? { 'aria-current': 'true' as const } : {})}
      {...(label === undefined ? {} : { 'aria-label': label })}
      {...(rowRef === undefined ? {} : { ref: rowRef })}
    >
      <Parts {...props} />
    </AriaButton>
  )
}

function Parts({ leading, title, meta, subtitle, trailing }: ListRowProps): ReactElement {
  return (
    <>
      {leading !== undefined && <span className={styles['leading']}>{leading}</span>}
      <span className={styles['lines']}>
        <span className={styles['line']}>
          <span className={styles['title']} dir="auto">
            {title}
          </span>
          {meta !== undefined && <span className={styles['meta']}>{meta}</span>}
        </span>
        {(subtitle !== undefined || trailing !== undefined) && (
          <span className={styles['line']}>
            <span className={styles['subtitle']} dir="auto">
              {subtitle}
            </span>
            {trailing !== undefined && <span className={styles['trailing']}>{trailing}</span>}
          </span>
        )}
      </span>
    </>
  )
}
