import { type ReactNode, useState } from 'react'
import { type OpenedAccount } from '@sotto/client/web'
import { codeOf, useErrorText, useHome } from '../core/index.ts'
import { StepFrame } from '../lock/index.ts'
import { useText } from '../texts/index.ts'
import { Button } from '../ui/index.ts'
import { PhraseField } from './phrase-field.tsx'
import { readPhraseInput } from './phrase-input.ts'
import { numberInDetail, type PhraseProblem, problemOfCode, problemOfInput } from './phrase-problem.ts'
import { chosenPassphrase, Protection, useProtection } from './protection.tsx'
import { protectionOf, useMaking } from './use-making.ts'
import styles from './onboarding.module.css'

interface RestoreStepProps {
  readonly onBack: () => void
  /** `isNamed` says whether its name is known. */
  readonly onMade: (account: OpenedAccount, isNamed: boolean) => void
}

/** The recovery phrase; then the account is here again. Spec 50 §1.3. */
export function RestoreStep({ onBack, onMade }: RestoreStepProps): ReactNode {
  const text = useText()
  const errorText = useErrorText()
  const home = useHome()
  const [phrase, setPhrase] = useState('')
  const [seen, setSeen] = useState<PhraseProblem>()
  const protection = useProtection()
  const { isPending, error, make, clear } = useMaking()
  const problem = seen ?? problemOfCode(codeOf(error), numberInDetail(error, 'position'), readPhraseInput(phrase))
  const edit = (value: string): void => {
    setPhrase(value)
    setSeen(undefined)
    clear()
  }
  const submit = async (): Promise<void> => {
    const wrong = problemOfInput(readPhraseInput(phrase))
    setSeen(wrong)
    const isGood = [protection.check(), wrong === undefined].every(Boolean)
    if (!isGood || isPending) return
    const wanted = protectionOf(chosenPassphrase(protection.draft))
    const account = await make(async each => each.restore(phrase, wanted))
    if (account === undefined) return
    setPhrase('')
    const known = await home
      .account(account.slot)
      .query('account.get')
      .catch(() => undefined)
    onMade(account, known?.name !== undefined)
  }
  return (
    <StepFrame
      title={text('onboarding.restore.title')}
      intro={text('onboarding.restore.intro')}
      onBack={onBack}
      onSubmit={() => void submit()}
    >
      <PhraseField value={phrase} onChange={edit} onSubmit={() => void submit()} problem={problem} />
      <Protection draft={protection.draft} onChange={protection.setDraft} onSubmit={() => void submit()} />
      <div className={styles['actions']}>
        {error !== undefined && problem === undefined && (
          <p className={styles['error']} role="alert">
            {errorText(error)}
          </p>
        )}
        <Button
          type="submit"
          variant="primary"
          isWide
          isPending={isPending}
          isDisabled={phrase.trim() === '' || problem !== undefined}
        >
          {text('onboarding.restore.submit')}
        </Button>
      </div>
    </StepFrame>
  )
}
