import { Pin, PinOff } from 'lucide-react'
import { type ReactNode, useMemo } from 'react'
import { type MessageView } from '@sotto/client'
import { attachmentWords } from '../attachments/index.ts'
import { useAccount, useAct, useQuery } from '../core/index.ts'
import { createFormats } from '../messages/index.ts'
import { type Texts, useText } from '../texts/index.ts'
import { EmptyState, IconButton } from '../ui/index.ts'
import { DetailsFrame } from './details-frame.tsx'
import styles from './details.module.css'
import { FoundRow } from './found-row.tsx'
import { useGoTo } from './use-go-to.ts'

/** The messages that were pinned here, the newest pin first. */
export function PinnedPane({ conversation }: { readonly conversation: string }): ReactNode {
  const text = useText()
  const act = useAct()
  const { client } = useAccount()
  const goTo = useGoTo(conversation)
  const formats = useMemo(() => createFormats(text.language, Date.now), [text.language])
  const pinned = useQuery('messages.pinned', { conversation })
  const unpin = (message: number): void =>
    void act(async () => client.command('messages.pin', { message, pinned: false }))
  return (
    <DetailsFrame title={text('details.pinned')}>
      {pinned?.length === 0 && (
        <EmptyState icon={Pin} title={text('details.pinned.none')}>
          {text('details.pinned.hint')}
        </EmptyState>
      )}
      <ul className={styles['found']}>
        {pinned?.map(({ attachments, body, id, senderName, sentAt }) => (
          <li key={id} className={styles['pinned']}>
            <FoundRow
              name={senderName ?? text('details.you')}
              when={formats.full(sentAt)}
              parts={[{ text: inShort(text, body, attachments), isMatch: false }]}
              isCurrent={false}
              onPress={() => goTo(id)}
            />
            <IconButton icon={PinOff} size="small" label={text('details.pinned.unpin')} onPress={() => unpin(id)} />
          </li>
        ))}
      </ul>
    </DetailsFrame>
  )
}

/** What it says, or what it carries. */
function inShort(text: Texts, body: string | undefined, attachments: MessageView['attachments']): string {
  if (body !== undefined && body !== '') return body
  const kinds = attachments.map(({ kind }) => kind)
  return attachmentWords(text, kinds) || text('messages.quote.other')
}
