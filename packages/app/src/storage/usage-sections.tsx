import { type ReactNode, useCallback, useEffect, useState } from 'react'
import { type Queries } from '@sotto/client'
import { useAccount, useAct, useQuery } from '../core/index.ts'
import { useText } from '../texts/index.ts'
import { Section, SettingsRow } from '../ui/index.ts'
import { formatBytes } from './format-bytes.ts'
import { FreeFiles } from './free-files.tsx'

type Usage = ReturnType<Queries['storage.usage']>

/** More than anybody reads. */
const maxShown = 30

/** What the account takes up on this device, altogether and by conversation. */
export function UsageSections(): ReactNode {
  const text = useText()
  const [usage, ask] = useUsage()
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
          <ConversationUsage key={each.conversation} usage={each} onFreed={ask} />
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

interface ConversationUsageProps {
  readonly usage: Usage['conversations'][number]
  readonly onFreed: () => void
}

function ConversationUsage({ onFreed, usage }: ConversationUsageProps): ReactNode {
  const { conversation, fetchableBytes, fileBytes, messages, textBytes } = usage
  const text = useText()
  const row = useQuery('conversations.get', { conversation })
  const size = formatBytes(text.language, textBytes)
  const files = formatBytes(text.language, fileBytes)
  const name = row?.kind === 'self' ? text('conversations.self') : (row?.name ?? text('storage.unnamed'))
  return (
    <SettingsRow
      label={name}
      description={
        fileBytes === 0
          ? text('storage.conversation.value', { messages, size })
          : text('attachments.storage.conversation', { messages, size, files })
      }
      control={fetchableBytes > 0 && <FreeFiles usage={usage} name={name} onFreed={onFreed} />}
    />
  )
}

/** Nobody watches it: `ask` asks again. */
function useUsage(): readonly [usage: Usage | undefined, ask: () => void] {
  const { client } = useAccount()
  const act = useAct()
  const [usage, setUsage] = useState<Usage>()
  const [round, setRound] = useState(0)
  const ask = useCallback(() => setRound(before => before + 1), [])
  useEffect(() => {
    let isCurrent = true
    void act(async () => {
      const found = await client.query('storage.usage')
      if (isCurrent) setUsage(found)
    })
    return () => {
      isCurrent = false
    }
  }, [act, client, round])
  return [usage, ask]
}
