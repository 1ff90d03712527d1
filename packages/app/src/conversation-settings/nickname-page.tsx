import { type ReactNode, useState } from 'react'
import { type ConversationView } from '@sotto/client'
import { useAccount, useAct } from '../core/index.ts'
import { useText } from '../texts/index.ts'
import { Button, TextField } from '../ui/index.ts'
import styles from './conversation-settings.module.css'
import { isNicknameTooLong } from './nickname-rules.ts'

interface NicknamePageProps {
  readonly conversation: ConversationView
  readonly onDone: () => void
}

/** What one calls somebody; nobody else sees it. */
export function NicknamePage({ conversation, onDone }: NicknamePageProps): ReactNode {
  const text = useText()
  const { client } = useAccount()
  const act = useAct()
  const { id, nickname } = conversation
  const [value, setValue] = useState(nickname ?? '')
  const isTooLong = isNicknameTooLong(value)
  const isEmpty = value.trim() === ''
  const set = async (next: string | undefined): Promise<void> => {
    const change = { contact: id, ...(next === undefined ? {} : { nickname: next }) }
    if (await act(async () => client.command('contacts.set-nickname', change))) onDone()
  }
  return (
    <div className={styles['page']}>
      <TextField
        label={text('conversation-settings.nickname')}
        description={text('conversation-settings.nickname.about')}
        value={value}
        onChange={setValue}
        error={isTooLong ? text('conversation-settings.nickname.too-long') : undefined}
        autoFocus
        dir="auto"
        onSubmit={() => {
          if (!isEmpty && !isTooLong) void set(value)
        }}
      />
      <div className={styles['buttons']}>
        <Button isDisabled={nickname === undefined} onPress={() => void set(undefined)}>
          {text('conversation-settings.nickname.remove')}
        </Button>
        <Button
          variant="primary"
          isDisabled={isEmpty || isTooLong || value === nickname}
          onPress={() => void set(value)}
        >
          {text('conversation-settings.nickname.save')}
        </Button>
      </div>
    </div>
  )
}
