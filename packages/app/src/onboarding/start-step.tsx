import { type ReactNode } from 'react'
import { useAccountChoice } from '../app/account-choice.ts'
import { useHomeQuery } from '../core/index.ts'
import { LanguageSelect, ThemeControl } from '../settings/index.ts'
import { Evicted } from '../storage/index.ts'
import { useText } from '../texts/index.ts'
import { Button, Mark } from '../ui/index.ts'
import styles from './onboarding.module.css'

interface StartStepProps {
  readonly hasOthers: boolean
  readonly onCreate: () => void
  readonly onRestore: () => void
}

/** The first thing one ever sees. */
export function StartStep({ hasOthers, onCreate, onRestore }: StartStepProps): ReactNode {
  const text = useText()
  return (
    <main className={styles['page']}>
      <div className={styles['start']}>
        <h1 className={styles['brand']}>
          <Mark size={48} />
          {text('onboarding.title')}
        </h1>
        {!hasOthers && <Evicted />}
        <p className={styles['what']}>{text('onboarding.what')}</p>
        <div className={styles['wide']}>
          <Button variant="primary" isWide onPress={onCreate}>
            {text('onboarding.create')}
          </Button>
          <Button isWide onPress={onRestore}>
            {text('onboarding.restore')}
          </Button>
          {hasOthers && <BackToOthers />}
        </div>
        <div className={styles['looks']}>
          <LanguageSelect />
          <ThemeControl />
        </div>
        <p className={styles['note']}>{text('onboarding.licence')}</p>
      </div>
    </main>
  )
}

function BackToOthers(): ReactNode {
  const text = useText()
  const choice = useAccountChoice()
  const [first] = useHomeQuery('home.list') ?? []
  const slot = choice.slot ?? first?.slot
  if (slot === undefined) return null
  return (
    <Button variant="quiet" isWide onPress={() => choice.choose(slot)}>
      {text('onboarding.back-to-others')}
    </Button>
  )
}
