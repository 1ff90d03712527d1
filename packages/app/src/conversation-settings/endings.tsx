import { Ban, Eraser, MessageSquareX, UserX } from 'lucide-react'
import { type ReactNode } from 'react'
import { type ConversationView } from '@sotto/client'
import { useAccount, useAct } from '../core/index.ts'
import { useText } from '../texts/index.ts'
import { Section, SettingsRow } from '../ui/index.ts'
import { type Ending } from './ending.ts'

interface EndingsProps {
  readonly conversation: ConversationView
  readonly onAsk: (ending: Ending) => void
}

/** What ends something; each is asked about before. */
export function Endings({ conversation, onAsk }: EndingsProps): ReactNode {
  const text = useText()
  const { client } = useAccount()
  const act = useAct()
  const { id, kind, blocked } = conversation
  const clear = (
    <SettingsRow
      icon={Eraser}
      label={text('conversation-settings.clear')}
      tone="danger"
      onPress={() => onAsk('clear')}
    />
  )
  if (kind === 'self') return <Section>{clear}</Section>
  const unblock = (): void => void act(async () => client.command('contacts.unblock', { contact: id }))
  return (
    <Section>
      {blocked ? (
        <SettingsRow icon={Ban} label={text('conversation-settings.unblock')} isAction onPress={unblock} />
      ) : (
        <SettingsRow
          icon={Ban}
          label={text('conversation-settings.block')}
          tone="danger"
          onPress={() => onAsk('block')}
        />
      )}
      {clear}
      <SettingsRow
        icon={MessageSquareX}
        label={text('conversation-settings.delete')}
        tone="danger"
        onPress={() => onAsk('delete-conversation')}
      />
      <SettingsRow
        icon={UserX}
        label={text('conversation-settings.delete-contact')}
        tone="danger"
        onPress={() => onAsk('delete-contact')}
      />
    </Section>
  )
}
