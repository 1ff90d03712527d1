import { Pin, PinOff } from 'lucide-react'
import { type ReactNode, useMemo } from 'react'
import { useAccount, useAct, useQuery } from '../core/index.ts'
import { createFormats } from '../messages/index.ts'
import { useText } from '../texts/index.ts'
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
        {pinned?.map(({ body, id, senderName, sentAt }) => (
          <li key={id} className={styles['pinned']}>
            <FoundRow
              name={senderName ?? text('details.you')}
              when={formats.full(sentAt)}
              parts={[{ text: body ?? text('messages.quote.other'), isMatch: false }]}
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
