import { type ReactNode, useState } from 'react'
import { type ConversationView } from '@sotto/client'
import { useAccount, useAct } from '../core/index.ts'
import { type TextKey, useText } from '../texts/index.ts'
import { Button, RadioGroup } from '../ui/index.ts'
import styles from './conversation-settings.module.css'
import { muteText } from './mute-text.ts'
import { muteChanges, muteState, type Muting, mutings } from './muting.ts'
import { useNow } from './use-now.ts'

const words: Readonly<Record<Muting, TextKey>> = {
  none: 'conversation-settings.notifications.all',
  hour: 'conversation-settings.notifications.hour',
  'eight-hours': 'conversation-settings.notifications.eight-hours',
  week: 'conversation-settings.notifications.week',
  always: 'conversation-settings.notifications.always',
}

interface NotificationsPageProps {
  readonly conversation: ConversationView
  readonly onDone: () => void
}

/** Whether and from when on one hears of new messages of a conversation. */
export function NotificationsPage({ conversation, onDone }: NotificationsPageProps): ReactNode {
  const text = useText()
  const { client } = useAccount()
  const act = useAct()
  const now = useNow()
  const { id } = conversation
  const state = muteState(conversation, now)
  const [chosen, setChosen] = useState<Muting>()
  const set = state === 'none' || state === 'always' ? state : undefined
  const save = async (): Promise<void> => {
    if (chosen === undefined) return
    const change = async (): Promise<void> => {
      for (const each of muteChanges(chosen, Date.now())) {
        await client.command('conversations.set-notifications', { conversation: id, ...each })
      }
    }
    if (await act(change)) onDone()
  }
  return (
    <div className={styles['page']}>
      <p className={styles['about']}>
        {set === undefined ? muteText(text, conversation, now) : text('conversation-settings.notifications.about')}
      </p>
      <RadioGroup<Muting | ''>
        label={text('conversation-settings.notifications')}
        labelHidden
        options={mutings.map(value => ({ value, label: text(words[value]) }))}
        value={chosen ?? set ?? ''}
        onChange={value => setChosen(value === '' ? undefined : value)}
      />
      <Button variant="primary" isWide isDisabled={chosen === undefined || chosen === set} onPress={() => void save()}>
        {text('conversation-settings.set')}
      </Button>
    </div>
  )
}
