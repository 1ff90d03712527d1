import { ChevronRight, MessageCircleQuestion } from 'lucide-react'
import { type ReactNode } from 'react'
import { useQuery } from '../core/index.ts'
import { useNavigation } from '../navigation/index.ts'
import { useText } from '../texts/index.ts'
import styles from './requests-row.module.css'

/** Above the list, while strangers wait for a decision. */
export function RequestsRow(): ReactNode {
  const count = useQuery('requests.count')
  const { showLeft } = useNavigation()
  const text = useText()
  if (count === undefined || count.all === 0) return null
  return (
    <button type="button" className={styles['row']} data-unread={count.unread > 0} onClick={() => showLeft('requests')}>
      <MessageCircleQuestion aria-hidden="true" />
      <span>{text('conversations.requests', { count: count.all })}</span>
      <ChevronRight className={styles['chevron']} aria-hidden="true" />
    </button>
  )
}
