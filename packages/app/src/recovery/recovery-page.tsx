import { type ReactNode, useState } from 'react'
import { useAccount, useHomeQuery } from '../core/index.ts'
import { useText } from '../texts/index.ts'
import { Section } from '../ui/index.ts'
import { useHiddenPhrase } from './hidden-phrases.ts'
import { HideForGood } from './hide-for-good.tsx'
import { PhraseGate } from './phrase-gate.tsx'
import { PhraseReveal } from './phrase-reveal.tsx'
import styles from './recovery.module.css'

/** The recovery phrase in the settings: behind the passphrase, if there is one. Spec 50 §9.8. */
export function RecoveryPage({ onHidden }: { readonly onHidden: () => void }): ReactNode {
  const text = useText()
  const { client, slot } = useAccount()
  const [isHidden] = useHiddenPhrase(slot)
  const [isAllowed, setAllowed] = useState(false)
  const listing = useHomeQuery('home.list')?.find(each => each.slot === slot)
  if (isHidden) return <p className={styles['note']}>{text('recovery.hidden')}</p>
  if (listing === undefined) return null
  const asks = listing.protection === 'passphrase' && !isAllowed
  return (
    <>
      <p>{text('recovery.what')}</p>
      <Section isPadded footnote={text('recovery.warning')}>
        {asks ? (
          <PhraseGate slot={slot} onRight={() => setAllowed(true)} />
        ) : (
          <PhraseReveal client={client} showLabel={text('recovery.show')} isShown={isAllowed} />
        )}
      </Section>
      <HideForGood slot={slot} onHidden={onHidden} />
    </>
  )
}
