import { type ReactNode, useState } from 'react'
import { type AccountSlot } from '@sotto/client'
import { codeOf, useErrorText, useHome } from '../core/index.ts'
import { useText } from '../texts/index.ts'
import { Button, TextField } from '../ui/index.ts'
import styles from './recovery.module.css'

interface PhraseGateProps {
  readonly slot: AccountSlot
  readonly onRight: () => void
}

/** Asks for the passphrase again: an open account may be in somebody else's hands. */
export function PhraseGate({ slot, onRight }: PhraseGateProps): ReactNode {
  const text = useText()
  const errorText = useErrorText()
  const home = useHome()
  const [passphrase, setPassphrase] = useState('')
  const [error, setError] = useState<string>()
  const [isPending, setPending] = useState(false)
  const check = async (): Promise<void> => {
    if (isPending) return
    if (passphrase === '') return setError(text('recovery.passphrase.empty'))
    setPending(true)
    try {
      // Of an account that is open this does nothing but look whether the passphrase is right.
      await home.unlock(slot, passphrase)
      onRight()
    } catch (problem) {
      const isWrong = codeOf(problem) === 'account.wrong-passphrase'
      setError(isWrong ? text('recovery.passphrase.wrong') : errorText(problem))
    } finally {
      setPending(false)
    }
  }
  return (
    <>
      <TextField
        label={text('recovery.passphrase')}
        description={text('recovery.passphrase.description')}
        value={passphrase}
        onChange={value => {
          setPassphrase(value)
          setError(undefined)
        }}
        onSubmit={() => void check()}
        error={error}
        isSecret
        dir="ltr"
        autoFocus
      />
      <div className={styles['buttons']}>
        <Button variant="primary" isPending={isPending} onPress={() => void check()}>
          {text('recovery.show')}
        </Button>
      </div>
    </>
  )
}
