import type { ReactElement, ReactNode } from 'react'
import { Dialog as AriaDialog, DialogTrigger } from 'react-aria-components/Dialog'
import { Popover as AriaPopover, type PopoverProps as AriaPopoverProps } from 'react-aria-components/Popover'
import { classes } from './classes.ts'
import styles from './menu.module.css'

/** `trigger` is one of our buttons; it names the popover unless `label` does. */
export interface PopoverProps {
  readonly trigger: ReactElement
  /** A function gets what closes it. */
  readonly children: ReactNode | ((close: () => void) => ReactNode)
  readonly placement?: NonNullable<AriaPopoverProps['placement']>
  readonly label?: string
  readonly isOpen?: boolean
  readonly onOpenChange?: (isOpen: boolean) => void
  /** Without space around its content, for what brings its own. */
  readonly isFlush?: boolean
}

/** A small panel beside a button: a picker, a card. */
export function Popover(props: PopoverProps): ReactElement {
  const { trigger, children, placement = 'bottom', label, isOpen, onOpenChange, isFlush = false } = props
  return (
    <DialogTrigger
      {...(isOpen === undefined ? {} : { isOpen })}
      {...(onOpenChange === undefined ? {} : { onOpenChange })}
    >
      {trigger}
      <AriaPopover className={styles['popover'] ?? ''} placement={placement} offset={4}>
        <AriaDialog
          className={classes(styles['panel'], isFlush && styles['flush'])}
          {...(label === undefined ? {} : { 'aria-label': label })}
        >
          {({ close }) => (typeof children === 'function' ? children(close) : children)}
        </AriaDialog>
      </AriaPopover>
    </DialogTrigger>
  )
}
