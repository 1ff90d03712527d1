import { type ReactNode } from 'react'
import { type HomeListing } from '@sotto/client/web'
import { useAccountLabel } from '../accounts/index.ts'
import { useAccountsMark } from '../storage/index.ts'
import { useText } from '../texts/index.ts'
import { AutoLock } from './auto-lock.tsx'
import { Unusable } from './unusable.tsx'
import { OtherAccounts } from './other-accounts.tsx'
import { StepFrame } from './step-frame.tsx'
import { UnlockFields } from './unlock-fields.tsx'
import { useUnlocking } from './use-unlocking.ts'

interface LockScreenProps {
  readonly account: HomeListing
  readonly others: readonly HomeListing[]
  readonly onChoose: (slot: string) => void
}

/** An account that is not open: what opens it, or why nothing does. Spec 50 §1.4. */
export function LockScreen({ account, others, onChoose }: LockScreenProps): ReactNode {
  useAccountsMark()
  return (
    <>
      <LockedAccount key={account.slot} account={account} others={others} onChoose={onChoose} />
      <AutoLock />
    </>
  )
}

function LockedAccount({ account, others, onChoose }: LockScreenProps): ReactNode {
  const text = useText()
  const label = useAccountLabel(account)
  const unlocking = useUnlocking(account.slot)
  const rest = <OtherAccounts others={others} onChoose={onChoose} />
  if (account.state === 'damaged' || unlocking.isLost) {
    return (
      <Unusable slot={account.slot} reason={unlocking.lostReason}>
        {rest}
      </Unusable>
    )
  }
  const asks = account.protection === 'passphrase'
  return (
    <StepFrame
      title={account.hint === undefined ? text('lock.title') : text('lock.title.named', { name: label })}
      intro={text(asks ? 'lock.intro' : 'lock.intro.device')}
      onSubmit={() => void unlocking.open()}
    >
      <UnlockFields account={account} unlocking={unlocking} />
      {rest}
    </StepFrame>
  )
}
