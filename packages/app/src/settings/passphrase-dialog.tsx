import { type ReactNode, useState } from 'react'
import { codeOf, useAccount, useErrorText, useHome } from '../core/index.ts'
import { faultOfNewPassphrase, NewPassphrase, type PassphraseFault } from '../lock/index.ts'
import { useText } from '../texts/index.ts'
import { Button, Dialog, TextField, useToasts } from '../ui/index.ts'
import styles from './settings.module.css'

/** What is done about a passphrase. */
export type PassphraseTask = 'set' | 'change' | 'remove'

interface PassphraseDialogProps {
  readonly task: PassphraseTask
  readonly onClose: () => void
}

interface Draft {
  readonly current: string
  readonly next: string
  readonly repeated: string
  readonly fault: PassphraseFault | undefined
  readonly error: unknown
}

const empty: Draft = { current: '', next: '', repeated: '', fault: undefined, error: undefined }

/** Sets, changes or removes the passphrase of the account that is shown. Nothing is trimmed. Spec 50 §9.2. */
export function PassphraseDialog({ task, onClose }: PassphraseDialogProps): ReactNode {
  const text = useText()
  const { draft, edit, isPending, submit } = usePassphraseTask(task, onClose)
  const isIncomplete = (task !== 'set' && draft.current === '') || (task !== 'remove' && draft.next === '')
  const actions = (
    <>
      <Button variant="quiet" isDisabled={isPending} onPress={onClose}>
        {text('ui.cancel')}
      </Button>
      <Button
        variant={task === 'remove' ? 'danger' : 'primary'}
        isPending={isPending}
        isDisabled={isIncomplete}
        onPress={() => void submit()}
      >
        {text(`settings.passphrase.${task}`)}
      </Button>
    </>
  )
  return (
    <Dialog isOpen onClose={onClose} title={text(`settings.passphrase.${task}`)} actions={actions}>
      <p className={styles['note']}>{text(`settings.passphrase.${task}.what`)}</p>
      <PassphraseFields task={task} draft={draft} onChange={edit} onSubmit={() => void submit()} />
    </Dialog>
  )
}

interface PassphraseFieldsProps {
  readonly task: PassphraseTask
  readonly draft: Draft
  readonly onChange: (changes: Partial<Draft>) => void
  readonly onSubmit: () => void
}

function PassphraseFields({ task, draft, onChange, onSubmit }: PassphraseFieldsProps): ReactNode {
  const text = useText()
  const errorText = useErrorText()
  const { current, next, repeated, fault, error } = draft
  const isWrong = codeOf(error) === 'account.wrong-passphrase'
  return (
    <div className={styles['fields']}>
      {task !== 'set' && (
        <TextField
          label={text('settings.passphrase.current')}
          value={current}
          onChange={value => onChange({ current: value, error: undefined })}
          onSubmit={onSubmit}
          error={isWrong ? errorText(error) : undefined}
          isSecret
          dir="ltr"
          autoFocus
        />
      )}
      {task !== 'remove' && (
        <NewPassphrase
          passphrase={next}
          repeated={repeated}
          fault={fault}
          onChange={(passphrase, again) => onChange({ next: passphrase, repeated: again, fault: undefined })}
          onSubmit={onSubmit}
          autoFocus={task === 'set'}
        />
      )}
      {error !== undefined && !isWrong && (
        <p className={styles['error']} role="alert">
          {errorText(error)}
        </p>
      )}
    </div>
  )
}

function usePassphraseTask(
  task: PassphraseTask,
  onClose: () => void,
): {
  readonly draft: Draft
  readonly edit: (changes: Partial<Draft>) => void
  readonly isPending: boolean
  readonly submit: () => Promise<void>
} {
  const text = useText()
  const home = useHome()
  const { slot } = useAccount()
  const toasts = useToasts()
  const [draft, setDraft] = useState(empty)
  const [isPending, setPending] = useState(false)
  const edit = (changes: Partial<Draft>): void => setDraft({ ...draft, ...changes })
  const submit = async (): Promise<void> => {
    const fault = task === 'remove' ? undefined : faultOfNewPassphrase(draft.next, draft.repeated)
    edit({ fault, error: undefined })
    if (fault !== undefined || isPending) return
    const current = task === 'set' ? undefined : draft.current
    const next = task === 'remove' ? undefined : draft.next
    setPending(true)
    try {
      await home.changePassphrase(slot, current, next)
      toasts.show({ text: text(`settings.passphrase.${task}.done`) })
      onClose()
    } catch (error) {
      edit({ fault: undefined, error })
    } finally {
      setPending(false)
    }
  }
  return { draft, edit, isPending, submit }
}
