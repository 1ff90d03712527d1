import { AtSign, CalendarDays, ChevronsUp, Ellipsis, ListChecks, Pin, Search, Settings2, X } from 'lucide-react'
import { type ReactNode, type RefObject, useState } from 'react'
import { type ConversationView } from '@sotto/client'
import { useAccount, useAct } from '../core/index.ts'
import { type ListMoves, useMessages } from '../messages/index.ts'
import { useLayout, useNavigation } from '../navigation/index.ts'
import { useText } from '../texts/index.ts'
import { Avatar, IconButton, Menu, type MenuItem, PaneHeader } from '../ui/index.ts'
import { DateDialog } from './date-dialog.tsx'
import { Subtitle } from './subtitle.tsx'

interface ConversationHeaderProps {
  readonly conversation: ConversationView
  readonly moves: RefObject<ListMoves | undefined>
  readonly onSelect: () => void
}

/** Whom one talks to, how, and what else can be done here. Spec 50 §3.2. */
export function ConversationHeader({ conversation, moves, onSelect }: ConversationHeaderProps): ReactNode {
  const text = useText()
  const layout = useLayout()
  const { name } = useMessages()
  const { closeConversation, showDetails, showModal } = useNavigation()
  const [isDateOpen, setDateOpen] = useState(false)
  const items = useItems({ conversation, moves, onSelect, onDate: () => setDateOpen(true) })
  const { blocked, id, kind, request } = conversation
  const isSettled = request === 'none' && !blocked
  return (
    <>
      <PaneHeader
        title={name}
        start={<Avatar id={id} name={name} size={32} kind={kind === 'self' ? 'self' : 'person'} />}
        {...(isSettled ? { subtitle: <Subtitle conversation={conversation} /> } : {})}
        {...(layout === 'narrow' ? { onBack: closeConversation } : {})}
        titleAction={{
          label: text('conversation.settings', { name }),
          onPress: () => showModal({ kind: 'conversation' }),
        }}
        actions={
          <>
            <IconButton
              icon={Search}
              label={text('conversation.search')}
              onPress={() => showDetails({ kind: 'search' })}
            />
            <Menu trigger={<IconButton icon={Ellipsis} label={text('conversation.menu')} />} items={items} />
          </>
        }
      />
      {isDateOpen && <DateDialog onClose={() => setDateOpen(false)} onGo={at => void moves.current?.toDate(at)} />}
    </>
  )
}

interface ItemsOptions extends ConversationHeaderProps {
  readonly onDate: () => void
}

function useItems({ conversation, moves, onDate, onSelect }: ItemsOptions): readonly MenuItem[] {
  const text = useText()
  const act = useAct()
  const { client } = useAccount()
  const { closeConversation, showDetails, showModal } = useNavigation()
  const { id, mentionCount } = conversation
  const toMention = async (): Promise<void> => {
    const place = await client.query('messages.first-mention', { conversation: id })
    if (place !== undefined) await moves.current?.to(place.message)
  }
  const mention: MenuItem = {
    id: 'mention',
    label: text('conversation.menu.mention'),
    icon: AtSign,
    onAction: () => void act(toMention),
  }
  return [
    ...(mentionCount > 0 ? [mention] : []),
    {
      id: 'pinned',
      label: text('conversation.menu.pinned'),
      icon: Pin,
      onAction: () => showDetails({ kind: 'pinned' }),
    },
    { id: 'date', label: text('conversation.menu.date'), icon: CalendarDays, onAction: onDate },
    {
      id: 'start',
      label: text('conversation.menu.start'),
      icon: ChevronsUp,
      onAction: () => void moves.current?.toDate(0),
    },
    { id: 'select', label: text('conversation.menu.select'), icon: ListChecks, onAction: onSelect },
    { separator: true },
    {
      id: 'settings',
      label: text('conversation.menu.settings'),
      icon: Settings2,
      onAction: () => showModal({ kind: 'conversation' }),
    },
    { id: 'close', label: text('conversation.menu.close'), icon: X, onAction: closeConversation },
  ]
}
