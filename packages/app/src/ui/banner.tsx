import { CircleAlert, Info, type LucideIcon, TriangleAlert, X } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { useText } from '../texts/index.ts'
import styles from './banner.module.css'
import { classes } from './classes.ts'
import { Icon } from './icon.tsx'
import { IconButton } from './icon-button.tsx'

/** `action` is a small button; `onClose` adds a cross. A danger banner is read out at once, others in their turn. */
export interface BannerProps {
  readonly tone: 'info' | 'caution' | 'danger'
  readonly icon?: LucideIcon
  readonly children: ReactNode
  readonly action?: ReactNode
  readonly onClose?: () => void
}

const icons: Readonly<Record<BannerProps['tone'], LucideIcon>> = {
  info: Info,
  caution: TriangleAlert,
  danger: CircleAlert,
}

/** A state of things that lasts: what happened, what is safe, what to do. */
export function Banner({ tone, icon, children, action, onClose }: BannerProps): ReactElement {
  const text = useText()
  return (
    <div className={classes(styles['banner'], styles[tone])} role={tone === 'danger' ? 'alert' : 'status'}>
      <span className={styles['icon']}>
        <Icon icon={icon ?? icons[tone]} size={18} />
      </span>
      <div className={styles['middle']}>
        <div className={styles['words']}>{children}</div>
        {action !== undefined && <div className={styles['action']}>{action}</div>}
      </div>
      {onClose !== undefined && <IconButton icon={X} label={text('ui.close')} size="small" onPress={onClose} />}
    </div>
  )
}
