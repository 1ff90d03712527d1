import { type LucideIcon } from 'lucide-react'
import { isValidElement, type ReactElement, type ReactNode } from 'react'
import styles from './empty-state.module.css'
import { Icon } from './icon.tsx'

/** The title says what is not there yet, the children why or what then, `action` the one thing to do. */
export interface EmptyStateProps {
  /** An icon, or a drawing of one's own such as the mark. */
  readonly icon?: LucideIcon | ReactElement
  readonly title: string
  readonly children?: ReactNode
  readonly action?: ReactNode
}

/** Fills a place where things will be. */
export function EmptyState({ icon, title, children, action }: EmptyStateProps): ReactElement {
  return (
    <div className={styles['empty']}>
      {icon !== undefined && (
        <span className={styles['icon']}>{isValidElement(icon) ? icon : <Icon icon={icon} size={24} />}</span>
      )}
      <p className={styles['title']}>{title}</p>
      {children !== undefined && <div className={styles['words']}>{children}</div>}
      {action !== undefined && <div className={styles['action']}>{action}</div>}
    </div>
  )
}
