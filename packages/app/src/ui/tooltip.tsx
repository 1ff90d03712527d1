import type { ReactElement } from 'react'
import { Tooltip as AriaTooltip, TooltipTrigger } from 'react-aria-components/Tooltip'
import styles from './tooltip.module.css'

/** `children` is one of our buttons or another element that takes focus. */
export interface TooltipProps {
  readonly text: string
  readonly placement?: 'top' | 'bottom' | 'start' | 'end'
  readonly children: ReactElement
}

/** A few words for what is pointed at or focused. It only repeats or adds: nothing may depend on it. */
export function Tooltip({ text, placement = 'bottom', children }: TooltipProps): ReactElement {
  return (
    <TooltipTrigger delay={500} closeDelay={60}>
      {children}
      <AriaTooltip className={styles['tooltip'] ?? ''} placement={placement} offset={6}>
        {text}
      </AriaTooltip>
    </TooltipTrigger>
  )
}
