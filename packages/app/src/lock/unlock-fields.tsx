import { type ReactNode } from 'react'
import { type HomeListing } from '@sotto/client/web'
import { codeOf, useErrorText } from '../core/index.ts'
import { useText } from '../texts/index.ts'
import { Button, TextField } from '../ui/index.ts'
import { RemoveAccount } from './remove-account.tsx'
import { type Unlocking } from './use-unlocking.ts'
import styles from './lock.module.css'

/** After so many wrong ones, removing the account is offered. Spec 50 §0. */
const manyWrong = 3

interface UnlockFieldsProps {
  readonly account: HomeListing
  readonly unlocking: Unlocking
}

/** The passphrase, if there is one, and the button that opens. */
export function UnlockFields({ account, unlocking }: UnlockFieldsProps): ReactNode {
  const text = useText()
  const errorText = useErrorText()
  const { passphrase, setPassphrase, isPending, error, wrongTries, open } = unlocking
  const asks = account.protection === 'passphrase'
  const isOther = error !== undefined && !(asks && codeOf(error) === 'account.wrong-passphrase')
  const isStuck = wrongTries >= manyWrong
  return (
    <>
      {asks && (
        <TextField
          label={text('lock.passphrase')}
          value={passphrase}
          onChange={setPassphrase}
          onSubmit={() => void open()}
          error={error !== undefined && !isOther ? text('lock.wrong') : undefined}
          isSecret
          dir="ltr"
          autoFocus
        />
      )}
      <div className={styles['actions']}>
        {isOther && (
          <p className={styles['error']} role="alert">
            {errorText(error)}
          </p>
        )}
        <Button
          type="submit"
          variant="primary"
          isWide
          isPending={isPending}
          isDisabled={asks && passphrase === ''}
          autoFocus={!asks}
        >
          {text(isStuck ? 'lock.try-again' : 'lock.open')}
        </Button>
        {isStuck && <RemoveAccount slot={account.slot} />}
      </div>
    </>
  )
}
