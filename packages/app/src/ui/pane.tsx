import { ArrowLeft } from 'lucide-react'
import type { ReactElement, ReactNode, Ref } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'
import { useText } from '../texts/index.ts'
import { classes } from './classes.ts'
import { IconButton } from './icon-button.tsx'
import styles from './pane.module.css'
import { VisuallyHidden } from './visually-hidden.tsx'

/** The bar on top of a pane. */
export interface PaneHeaderProps {
  readonly title: string
  readonly subtitle?: ReactNode
  /** Adds the arrow that goes back, at the start. */
  readonly onBack?: () => void
  /** Before the title, as an avatar. */
  readonly start?: ReactNode
  /** At the end: icon buttons. */
  readonly actions?: ReactNode
  /** Makes `start` and the title one button, as to a conversation's details; the label is read after the title. */
  readonly titleAction?: { readonly label: string; readonly onPress: () => void }
  /** Level of the heading: 1 for the main pane, 2 for those beside it. */
  readonly level?: 1 | 2
  /** So that focus can go to the title when a pane opens. */
  readonly titleRef?: Ref<HTMLHeadingElement>
}

/** Says where one is. */
export function PaneHeader(props: PaneHeaderProps): ReactElement {
  const { onBack, actions, titleAction } = props
  const text = useText()
  const words = <Words {...props} />
  return (
    <header className={styles['header']}>
      {onBack !== undefined && (
        <IconButton icon={ArrowLeft} label={text('ui.back')} onPress={onBack} mirrored tooltipHidden />
      )}
      {titleAction === undefined ? (
        <div className={styles['words']}>{words}</div>
      ) : (
        <AriaButton className={classes(styles['words'], styles['pressable'])} onPress={() => titleAction.onPress()}>
          {words}
          <VisuallyHidden>{titleAction.label}</VisuallyHidden>
        </AriaButton>
      )}
      {actions !== undefined && <div className={styles['actions']}>{actions}</div>}
    </header>
  )
}

function Words({ title, subtitle, start, level = 1, titleAction, titleRef }: PaneHeaderProps): ReactElement {
  // A button holds no heading: it carries the name itself.
  const Heading = titleAction === undefined ? (level === 1 ? 'h1' : 'h2') : 'span'
  return (
    <>
      {start}
      <span className={styles['titles']}>
        <Heading
          className={styles['title']}
          dir="auto"
          tabIndex={titleRef === undefined ? undefined : -1}
          {...(titleRef === undefined ? {} : { ref: titleRef })}
        >
          {title}
        </Heading>
        {subtitle !== undefined && <span className={styles['subtitle']}>{subtitle}</span>}
      </span>
    </>
  )
}

/** A column of the window: its header stays, its content scrolls. */
export interface PaneProps {
  readonly header?: ReactNode
  /** Stays below what scrolls, as a composer. */
  readonly footer?: ReactNode
  readonly children: ReactNode
  /** Names the pane as a landmark. */
  readonly label?: string
  readonly role?: 'main' | 'navigation' | 'complementary' | 'region'
  /** For content that scrolls by itself, as a virtual list. */
  readonly isStill?: boolean
  /** A column in the middle that is comfortable to read, as on settings pages. */
  readonly isReading?: boolean
  readonly tone?: 'ground' | 'sunken' | 'raised'
}

/** Fills its place and never makes the page scroll. */
export function Pane(props: PaneProps): ReactElement {
  const { header, footer, children, label, role, isStill = false, isReading = false, tone = 'ground' } = props
  return (
    <div
      className={classes(styles['pane'], styles[tone])}
      {...(role === undefined ? {} : { role })}
      {...(label === undefined ? {} : { 'aria-label': label })}
    >
      {header}
      <div className={isStill ? styles['still'] : styles['scroll']}>
        {isReading ? <div className={styles['reading']}>{children}</div> : children}
      </div>
      {footer}
    </div>
  )
}
