import { type ReactNode, useId, useState } from 'react'
import { useText } from '../texts/index.ts'
import { Button, Dialog } from '../ui/index.ts'
import styles from './date-dialog.module.css'

interface DateDialogProps {
  readonly onClose: () => void
  /** Unix ms: the beginning of the day, here. */
  readonly onGo: (at: number) => void
}

/** Goes to what was said on a day. */
export function DateDialog({ onClose, onGo }: DateDialogProps): ReactNode {
  const text = useText()
  const id = useId()
  const [date, setDate] = useState('')
  const at = date === '' ? Number.NaN : new Date(`${date}T00:00`).getTime()
  const isValid = Number.isSafeInteger(at)
  const go = (): void => {
    if (!isValid) return
    onClose()
    onGo(at)
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={text('conversation.date.title')}
      actions={
        <>
          <Button variant="quiet" onPress={onClose}>
            {text('ui.cancel')}
          </Button>
          <Button variant="primary" type="submit" form={id} isDisabled={!isValid}>
            {text('conversation.date.go')}
          </Button>
        </>
      }
    >
      <form
        id={id}
        onSubmit={event => {
          event.preventDefault()
          go()
        }}
      >
        <label className={styles['label']}>
          {text('conversation.date.label')}
          <input
            type="date"
            className={styles['field']}
            value={date}
            max={today()}
            onChange={event => setDate(event.target.value)}
          />
        </label>
      </form>
    </Dialog>
  )
}

function today(): string {
  const now = new Date()
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map(part => String(part).padStart(2, '0')).join('-')
}
