import type { ReactElement, ReactNode, Ref } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'
import styles from './button.module.css'
import { classes } from './classes.ts'
import { Spinner } from './spinner.tsx'

/** How much a button asks for attention: one primary at most in a view; danger for what cannot be undone. */
export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger'

/** While pending it keeps its width and its focus, and does nothing. */
export interface ButtonProps {
  readonly variant?: ButtonVariant
  readonly size?: 'small' | 'medium'
  readonly isPending?: boolean
  readonly isDisabled?: boolean
  readonly autoFocus?: boolean
  /** Stretches over the whole width, as in narrow dialogs. */
  readonly isWide?: boolean
  readonly type?: 'button' | 'submit'
  /** The id of a form that it submits from outside. */
  readonly form?: string
  /** The name for screen readers, where the words inside don't say enough. */
  readonly label?: string
  readonly onPress?: () => void
  readonly buttonRef?: Ref<HTMLButtonElement>
  readonly children: ReactNode
}

/** A button with words. Also the trigger of a Menu or a Popover. */
export function Button({
  variant = 'secondary',
  size = 'medium',
  isWide = false,
  isPending = false,
  label,
  onPress,
  buttonRef,
  children,
  ...rest
}: ButtonProps): ReactElement {
  return (
    <AriaButton
      {...rest}
      {...(label === undefined ? {} : { 'aria-label': label })}
      {...(onPress === undefined ? {} : { onPress: () => onPress() })}
      {...(buttonRef === undefined ? {} : { ref: buttonRef })}
      isPending={isPending}
      className={classes(styles['button'], styles[variant], styles[size], isWide && styles['wide'])}
    >
      <span className={classes(styles['words'], isPending && styles['waiting'])}>{children}</span>
      {isPending && (
        <span className={styles['spinner']}>
          <Spinner size={18} />
        </span>
      )}
    </AriaButton>
  )
}
