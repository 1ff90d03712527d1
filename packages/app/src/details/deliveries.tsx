import { type ReactNode } from 'react'
import { type DeliveryInfo } from '@sotto/client'
import { type Formats, useFailure, useNow } from '../messages/index.ts'
import { useText } from '../texts/index.ts'
import { Section } from '../ui/index.ts'
import styles from './details.module.css'

interface DeliveriesProps {
  readonly deliveries: readonly DeliveryInfo[]
  readonly formats: Formats
}

/** What of a message is still on its way, and how that goes. */
export function Deliveries({ deliveries, formats }: DeliveriesProps): ReactNode {
  const text = useText()
  return (
    <Section title={text('details.deliveries')}>
      <ul className={styles['deliveries']}>
        {deliveries.map((delivery, at) => (
          <Delivery key={`${at}`} delivery={delivery} formats={formats} />
        ))}
      </ul>
    </Section>
  )
}

function Delivery({ delivery, formats }: { readonly delivery: DeliveryInfo; readonly formats: Formats }): ReactNode {
  const text = useText()
  const { attempts, failed, failure, givenUpAt, isCopy, nextTryAt } = delivery
  const now = useNow(1000)
  const why = useFailure(failure)
  return (
    <li className={styles['delivery']}>
      <strong>{text(isCopy ? 'details.delivery.copy' : 'details.delivery.message')}</strong>
      <span>{text('details.delivery.attempts', { count: attempts })}</span>
      {why !== undefined && <span>{why}</span>}
      {nextTryAt !== undefined && nextTryAt > now && (
        <span>{text('details.delivery.next', { when: formats.until(nextTryAt, now) })}</span>
      )}
      <span>
        {failed ? text('details.delivery.failed') : text('details.delivery.until', { when: formats.full(givenUpAt) })}
      </span>
    </li>
  )
}
