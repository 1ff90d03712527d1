import { type ReactNode, useState } from 'react'
import { codeOf, useAccount, useAct } from '../core/index.ts'
import { useNavigation } from '../navigation/index.ts'
import { useText } from '../texts/index.ts'
import { Button, PaneHeader, TextField } from '../ui/index.ts'
import { readRecipient } from './read-recipient.ts'
import styles from './start.module.css'

/** Whom to write to, by id or by a name that the network knows. Spec 50 §2.8. */
export function NewMessage(): ReactNode {
  const text = useText()
  const { client } = useAccount()
  const { backToList, openConversation } = useNavigation()
  const act = useAct()
  const [typed, setTyped] = useState('')
  const [error, setError] = useState<string>()
  const [isSearching, setSearching] = useState(false)

  const open = async (conversation: string): Promise<void> => {
    if (await act(async () => client.command('conversations.open', { conversation }))) openConversation(conversation)
  }
  const lookUp = async (name: string): Promise<void> => {
    setSearching(true)
    try {
      const { account } = await client.command('names.look-up', { name })
      if (account === undefined) setError(text('start.to.not-found'))
      else await open(account)
    } catch (problem) {
      setError(codeOf(problem) === 'names.bad-name' ? text('start.to.bad') : text('start.to.failed'))
    } finally {
      setSearching(false)
    }
  }
  const submit = async (): Promise<void> => {
    const recipient = readRecipient(typed)
    if (recipient.kind === 'account') return open(recipient.id)
    if (recipient.kind === 'name') return lookUp(recipient.name)
    setError(text(`start.to.${recipient.why}`, { count: recipient.count }))
  }
  const change = (value: string): void => {
    setTyped(value)
    setError(undefined)
  }
  return (
    <section className={styles['pane']} aria-label={text('start.to.title')}>
      <PaneHeader title={text('start.to.title')} onBack={backToList} />
      <form
        className={styles['form']}
        onSubmit={event => {
          event.preventDefault()
          void submit()
        }}
      >
        <TextField
          label={text('start.to.label')}
          description={text('start.to.description')}
          value={typed}
          onChange={change}
          onSubmit={() => void submit()}
          error={error}
          mono
          autoFocus
          dir="ltr"
          isDisabled={isSearching}
        />
        <Button
          variant="primary"
          isPending={isSearching}
          isDisabled={typed.trim() === ''}
          onPress={() => void submit()}
        >
          {text('start.to.next')}
        </Button>
        <p role="status" className={styles['note']}>
          {isSearching ? text('start.to.searching') : ''}
        </p>
      </form>
    </section>
  )
}
