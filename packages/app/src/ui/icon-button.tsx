import type { LucideIcon } from 'lucide-react'
import type { ReactElement, Ref } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'
import { classes } from './classes.ts'
import { Icon } from './icon.tsx'
import styles from './icon-button.module.css'
import { Tooltip } from './tooltip.tsx'

/** A button that shows an icon only: its label is its name and its tooltip. */
export interface IconButtonProps {
  readonly icon: LucideIcon
  readonly label: string
  readonly onPress?: () => void
  readonly isDisabled?: boolean
  /** For a button that switches something on and off: read out as pressed or not. */
  readonly isSelected?: boolean
  readonly tone?: 'normal' | 'danger' | 'accent'
  readonly size?: 'small' | 'medium'
  readonly autoFocus?: boolean
  /** Without a tooltip where its label stands beside it anyway. */
  readonly tooltipHidden?: boolean
  /** Arrows and the like point the other way in right-to-left text. */
  readonly mirrored?: boolean
  readonly buttonRef?: Ref<HTMLButtonElement>
}

/** Also the trigger of a Menu or a Popover. */
export function IconButton(props: IconButtonProps): ReactElement {
  const button = <Bare {...props} />
  return props.tooltipHidden === true ? button : <Tooltip text={props.label}>{button}</Tooltip>
}

function Bare({
  icon,
  label,
  onPress,
  isDisabled = false,
  isSelected,
  tone = 'normal',
  size = 'medium',
  autoFocus = false,
  mirrored = false,
  buttonRef,
}: IconButtonProps): ReactElement {
  return (
    // Without a slot: a search field would otherwise take it for its own button.
    <AriaButton
      slot={null}
      aria-label={label}
      isDisabled={isDisabled}
      autoFocus={autoFocus}
      {...(isSelected === undefined ? {} : { 'aria-pressed': isSelected })}
      {...(onPress === undefined ? {} : { onPress: () => onPress() })}
      {...(buttonRef === undefined ? {} : { ref: buttonRef })}
      className={classes(styles['button'], styles[tone], styles[size], isSelected === true && styles['selected'])}
    >
      <Icon icon={icon} size={size === 'small' ? 16 : 20} mirrored={mirrored} />
    </AriaButton>
  )
}
