import { type ReactNode, useState } from 'react'
import { type ContactView } from '@sotto/client'
import { useAccount, useAct, useQuery } from '../core/index.ts'
import { useText } from '../texts/index.ts'
import { Button, Checkbox, ConfirmDialog, Section } from '../ui/index.ts'
import styles from './settings.module.css'

/** People who are blocked; several can be let in again at once. Spec 50 §9.5. */
export function BlockedContacts(): ReactNode {
  const text = useText()
  const contacts = useQuery('contacts.blocked')
  if (contacts === undefined) return null
  return (
    <Section title={text('settings.blocked')} isPadded footnote={text('settings.blocked.note')}>
      {contacts.length === 0 ? (
        <p className={styles['note']}>{text('settings.blocked.none')}</p>
      ) : (
        <BlockedList contacts={contacts} />
      )}
    </Section>
  )
}

function BlockedList({ contacts }: { readonly contacts: readonly ContactView[] }): ReactNode {
  const text = useText()
  const { client } = useAccount()
  const act = useAct()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [asks, setAsks] = useState(false)
  const selected = contacts.filter(({ id }) => chosen.has(id))
  const [first] = selected
  const choose = (id: string, isChosen: boolean): void => {
    const next = new Set(chosen)
    if (isChosen) next.add(id)
    else next.delete(id)
    setChosen(next)
  }
  const unblock = async (): Promise<void> => {
    await act(async () => {
      for (const { id } of selected) await client.command('contacts.unblock', { contact: id })
    })
    setChosen(new Set())
  }
  return (
    <>
      {contacts.map(({ id, shownName }) => (
        <Checkbox key={id} label={shownName} isSelected={chosen.has(id)} onChange={isOn => choose(id, isOn)} />
      ))}
      <div className={styles['buttons']}>
        <Button size="small" isDisabled={selected.length === 0} onPress={() => setAsks(true)}>
          {text('settings.blocked.unblock', { count: selected.length })}
        </Button>
      </div>
      <ConfirmDialog
        isOpen={asks}
        onClose={() => setAsks(false)}
        title={text('settings.blocked.ask', { count: selected.length, name: first?.shownName ?? '' })}
        confirm={{ label: text('settings.blocked.unblock', { count: selected.length }), onPress: unblock }}
      >
        {text('settings.blocked.ask.body')}
      </ConfirmDialog>
    </>
  )
}
