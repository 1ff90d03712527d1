import { type ReactNode } from 'react'
import { useQuery } from '../core/index.ts'
import { ConnectionBanner, ForeignNetwork } from '../storage/index.ts'
import { useText } from '../texts/index.ts'
import { Dialog } from '../ui/index.ts'
import { formatAddress } from './path-level.ts'
import { Station } from './station.tsx'
import { usePathLevel } from './use-path-level.ts'
import styles from './path-screen.module.css'

const hopNames = ['guard', 'middle', 'third'] as const

/** The way of one's messages, station by station, with what each of them learns. Spec 50 §11, spec 70 §2. */
export function PathScreen({ onClose }: { readonly onClose: () => void }): ReactNode {
  const text = useText()
  const level = usePathLevel()
  const path = useQuery('path.get')
  const isReady = level === 'good' || level === 'some'
  const { size = 0, member } = path?.destination ?? {}
  return (
    <Dialog isOpen isReading onClose={onClose} title={text('path.title')}>
      <ForeignNetwork />
      <ConnectionBanner />
      <p className={styles['what']} role="status">
        {text(`path.what.${level}`, { usable: path?.usable ?? 0 })}
      </p>
      <ol className={styles['line']} aria-label={text('path.stations')} data-level={level}>
        <Station name="you" isReached />
        {hopNames.map((name, at) => {
          const hop = path?.hops[at]
          return (
            <Station
              key={name}
              name={name}
              isReached={isReady && hop !== undefined}
              address={hop === undefined ? text('path.address.unknown') : formatAddress(hop)}
            />
          )
        })}
        <Station
          name="swarm"
          isReached={isReady && size > 0}
          address={member?.ip ?? text('path.address.unknown')}
          {...(size > 0 ? { note: text('path.swarm.size', { size }) } : {})}
        />
      </ol>
      <section className={styles['gateway']}>
        <h3>{text('path.gateway')}</h3>
        <p>{text('path.gateway.body')}</p>
      </section>
    </Dialog>
  )
}
