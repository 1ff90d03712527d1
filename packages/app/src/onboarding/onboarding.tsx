import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react'
import { type OpenedAccount } from '@sotto/client/web'
import { CreateStep } from './create-step.tsx'
import { CreatedStep } from './created-step.tsx'
import { RestoreStep } from './restore-step.tsx'
import { StartStep } from './start-step.tsx'

/** Few need it, and it brings dialogs along. */
const RenameStep = lazy(async () => ({ default: (await import('./rename-step.tsx')).RenameStep }))

interface OnboardingProps {
  /** Whether this device has accounts already, which one can go back to. */
  readonly hasOthers: boolean
  readonly onDone: (slot: string) => void
}

type Step =
  | { readonly kind: 'start' | 'create' | 'restore' }
  | { readonly kind: 'created' | 'rename'; readonly account: OpenedAccount }

/** How one gets an account on this device: a new one, or one that has its recovery phrase. Spec 50 §1. */
export function Onboarding({ hasOthers, onDone }: OnboardingProps): ReactNode {
  const [step, setStep] = useState<Step>({ kind: 'start' })
  const back = (): void => setStep({ kind: 'start' })
  // There before it is needed, when there may be no connection.
  useEffect(() => {
    if (step.kind === 'restore') import('./rename-step.tsx').catch(() => undefined)
  }, [step.kind])
  switch (step.kind) {
    case 'start':
      return (
        <StartStep
          hasOthers={hasOthers}
          onCreate={() => setStep({ kind: 'create' })}
          onRestore={() => setStep({ kind: 'restore' })}
        />
      )
    case 'create':
      return <CreateStep onBack={back} onMade={account => setStep({ kind: 'created', account })} />
    case 'restore':
      return (
        <RestoreStep
          onBack={back}
          onMade={(account, isNamed) => (isNamed ? onDone(account.slot) : setStep({ kind: 'rename', account }))}
        />
      )
    case 'created':
      return <CreatedStep account={step.account} onDone={() => onDone(step.account.slot)} />
    case 'rename':
      return (
        <Suspense>
          <RenameStep account={step.account} onDone={() => onDone(step.account.slot)} onRemoved={back} />
        </Suspense>
      )
  }
}
