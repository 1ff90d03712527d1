import { type ReactNode, useEffect, useState } from 'react'
import { type Queries } from '@sotto/client'
import { useAccount, useAct, useQuery } from '../core/index.ts'
import { useText } from '../texts/index.ts'
import { Section, SettingsRow } from '../ui/index.ts'
import { formatBytes } from './format-bytes.ts'
import styles from './storage.module.css'

type Usage = ReturnType<Queries['storage.usage']>

/** More than anybody reads. */
const maxShown = 30

/** What the account takes up on this device, altogether and by conversation. */
export function UsageSections(): ReactNode {
  const text = useText()
  const usage = useUsage()
  if (usage === undefined) return null
  const { databaseBytes, messages, conversations } = usage
  const shown = conversations.toSorted((a, b) => b.textBytes - a.textBytes).slice(0, maxShown)
  const size = formatBytes(text.language, databaseBytes)
  return (
    <>
      <Section>
        <SettingsRow label={text('storage.used')} value={text('storage.used.value', { size, messages })} />
      </Section>
      <Section title={text('storage.conversations')}>
        {shown.map(each => (
          <ConversationUsage key={each.conversation} {...each} />
        ))}
        {shown.length === 0 && <SettingsRow label={text('storage.conversations.none')} />}
        {conversations.length > shown.length && (
          <SettingsRow label={text('storage.conversations.more', { count: conversations.length - shown.length })} />
        )}
      </Section>
    </>
  )
}

function ConversationUsage({ conversation, messages, textBytes }: Usage['conversations'][number]): ReactNode {
  const text = useText()
  const row = useQuery('conversations.get', { conversation })
  const size = formatBytes(text.language, textBytes)
  return (
    <SettingsRow
      label={row?.kind === 'self' ? text('conversations.self') : (row?.name ?? text('storage.unnamed'))}
      value={<span className={styles['note']}>{text('storage.conversation.value', { messages, size })}</span>}
    />
  )
}

function useUsage(): Usage | undefined {
  const { client } = useAccount()
  const act = useAct()
  const [usage, setUsage] = useState<Usage>()
  useEffect(() => {
    let isCurrent = true
    void act(async () => {
      const found = await client.query('storage.usage')
      if (isCurrent) setUsage(found)
    })
    return () => {
      isCurrent = false
    }
  }, [act, client])
  return usage
}
