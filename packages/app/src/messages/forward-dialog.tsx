import { type ReactNode, useRef, useState } from 'react'
import { type MessageView } from '@sotto/client'
import { useAccount, useAct, useQuery } from '../core/index.ts'
import { useText } from '../texts/index.ts'
import { Avatar, Button, Checkbox, Dialog, SearchField, useToasts } from '../ui/index.ts'
import styles from './forward-dialog.module.css'
import { forwardMessage } from './forward-message.ts'

/** As many as one can choose with care. */
const MAX_CHOSEN = 20

interface ForwardDialogProps {
  readonly messages: readonly MessageView[]
  readonly onClose: () => void
}

/** Sends what somebody wrote to others, as a new message that says nothing of where it comes from. */
export function ForwardDialog({ messages, onClose }: ForwardDialogProps): ReactNode {
  const text = useText()
  const toasts = useToasts()
  const act = useAct()
  const { client } = useAccount()
  const rows = useQuery('conversations.list') ?? []
  const [wanted, setWanted] = useState('')
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [isPending, setPending] = useState(false)
  const idFor = useStableIds()
  const named = rows.map(({ id, kind, name }) => ({ id, kind, name: name ?? text('messages.self') }))
  const shown = named.filter(({ name }) => name.toLocaleLowerCase().includes(wanted.trim().toLocaleLowerCase()))
  const toggle = (id: string): void => {
    const next = new Set(chosen)
    if (!next.delete(id) && next.size < MAX_CHOSEN) next.add(id)
    setChosen(next)
  }
  const send = async (): Promise<void> => {
    setPending(true)
    const isDone = await act(async () => {
      for (const conversation of chosen) {
        for (const message of messages) {
          await forwardMessage(client, { message, conversation, id: idFor(`${conversation} ${message.id}`) })
        }
      }
    })
    setPending(false)
    if (!isDone) return
    toasts.show({ text: text('messages.forward.done', { count: chosen.size }) })
    onClose()
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={text('messages.forward.title')}
      actions={
        <>
          <Button variant="quiet" onPress={onClose}>
            {text('ui.cancel')}
          </Button>
          <Button variant="primary" isDisabled={chosen.size === 0} isPending={isPending} onPress={() => void send()}>
            {text('messages.forward.confirm', { count: chosen.size })}
          </Button>
        </>
      }
    >
      <p className={styles['note']}>{text('messages.forward.note')}</p>
      <SearchField label={text('messages.forward.search')} value={wanted} onChange={setWanted} autoFocus />
      <ul className={styles['list']}>
        {shown.map(({ id, kind, name }) => (
          <li key={id} className={styles['row']}>
            <Avatar id={id} name={name} size={32} kind={kind === 'self' ? 'self' : 'person'} />
            <div className={styles['choice']}>
              <Checkbox label={name} isSelected={chosen.has(id)} onChange={() => toggle(id)} />
            </div>
          </li>
        ))}
      </ul>
      {shown.length === 0 && <p className={styles['note']}>{text('messages.forward.none')}</p>}
    </Dialog>
  )
}

/** The same id for the same thing again: after a failure nothing is sent twice. */
function useStableIds(): (thing: string) => string {
  const ids = useRef(new Map<string, string>())
  return thing => {
    const id = ids.current.get(thing) ?? crypto.randomUUID()
    ids.current.set(thing, id)
    return id
  }
}
