import { type ReactNode } from 'react'
import { useText } from '../texts/index.ts'
import styles from './path-screen.module.css'

interface StationProps {
  readonly name: 'you' | 'guard' | 'middle' | 'third' | 'swarm'
  /** Messages get so far now. */
  readonly isReached: boolean
  readonly address?: string
  readonly note?: string
}

/** One station: where it is, what it knows, and what it doesn't. */
export function Station({ name, isReached, address, note }: StationProps): ReactNode {
  const text = useText()
  return (
    <li className={styles['station']} data-reached={isReached}>
      <span className={styles['point']} aria-hidden />
      <div className={styles['words']}>
        <h3 className={styles['name']}>
          {text(`path.${name}`)}
          {address !== undefined && (
            <bdi className={styles['address']} dir="ltr">
              {address}
            </bdi>
          )}
        </h3>
        {note !== undefined && <p>{note}</p>}
        {name === 'you' ? (
          <p>{text('path.you.knows')}</p>
        ) : (
          <dl className={styles['facts']}>
            <dt>{text('path.knows')}</dt>
            <dd>{text(`path.${name}.knows`)}</dd>
            <dt>{text('path.knows-not')}</dt>
            <dd>{text(`path.${name}.knows-not`)}</dd>
          </dl>
        )}
      </div>
    </li>
  )
}
