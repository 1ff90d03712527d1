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
  const { databaseBytes, fileBytes, messages, conversations } = usage
  const shown = conversations.toSorted((a, b) => bytesOf(b) - bytesOf(a)).slice(0, maxShown)
  const size = formatBytes(text.language, databaseBytes)
  return (
    <>
      <Section>
        <SettingsRow label={text('storage.used')} value={text('storage.used.value', { size, messages })} />
        <SettingsRow label={text('attachments.storage.files')} value={formatBytes(text.language, fileBytes)} />
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

function bytesOf({ fileBytes, textBytes }: Usage['conversations'][number]): number {
  return fileBytes + textBytes
}

function ConversationUsage(usage: Usage['conversations'][number]): ReactNode {
  const { conversation, fileBytes, messages, textBytes } = usage
  const text = useText()
  const row = useQuery('conversations.get', { conversation })
  const size = formatBytes(text.language, textBytes)
  const files = formatBytes(text.language, fileBytes)
  return (
    <SettingsRow
      label={row?.kind === 'self' ? text('conversations.self') : (row?.name ?? text('storage.unnamed'))}
      value={
        <span className={styles['note']}>
          {fileBytes === 0
            ? text('storage.conversation.value', { messages, size })
            : text('attachments.storage.conversation', { messages, size, files })}
        </span>
      }
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
