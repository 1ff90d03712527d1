import { Check, Circle } from 'lucide-react'
import { type ReactNode } from 'react'
import { useText } from '../texts/index.ts'
import { Icon, VisuallyHidden } from '../ui/index.ts'
import { strengthOf } from './passphrase-rules.ts'
import styles from './new-passphrase.module.css'

const hints = ['long', 'lower', 'upper', 'digit', 'symbol'] as const

/** Which pieces of advice a passphrase follows, while it is typed. */
export function PassphraseHints({ passphrase }: { readonly passphrase: string }): ReactNode {
  const text = useText()
  const strength = strengthOf(passphrase)
  return (
    <section className={styles['hints']} aria-label={text('lock.strength')}>
      <ul className={styles['list']}>
        {hints.map(hint => {
          const label = text(`lock.strength.${hint}`)
          const isMet = strength[hint]
          return (
            <li key={hint} data-met={isMet}>
              <Icon icon={isMet ? Check : Circle} size={14} />
              <span aria-hidden>{label}</span>
              <VisuallyHidden>
                {text(isMet ? 'lock.strength.met' : 'lock.strength.unmet', { hint: label })}
              </VisuallyHidden>
            </li>
          )
        })}
      </ul>
      <p>{text('lock.strength.advice')}</p>
    </section>
  )
}
