import { type ReactNode, useCallback, useMemo, useRef, useState } from 'react'
import { type ConversationView, type MessageView } from '@sotto/client'
import { Composer } from '../composer/index.ts'
import { useQuery } from '../core/index.ts'
import {
  createFormats,
  type ListMoves,
  type MessageLayer,
  MessageLayers,
  MessageList,
  MessagesContext,
  type MessagesShared,
  useConversationWish,
  useDeletion,
  useMessageActions,
  useMessageWindow,
} from '../messages/index.ts'
import { useLayout, useNavigation } from '../navigation/index.ts'
import { useText } from '../texts/index.ts'
import { Banners } from './banners.tsx'
import { ConversationHeader } from './conversation-header.tsx'
import styles from './conversation-screen.module.css'
import { RequestFoot } from './request-foot.tsx'
import { SelectionHeader } from './selection-header.tsx'
import { useOwnSends } from './use-own-sends.ts'
import { useReplyWish } from './use-reply-wish.ts'
import { useSelection } from './use-selection.ts'

interface OpenConversationProps {
  readonly own: string
  readonly conversation: ConversationView
}

/** A conversation that is here. */
export function OpenConversation({ conversation, own }: OpenConversationProps): ReactNode {
  const { id } = conversation
  const text = useText()
  const { place } = useNavigation()
  const wish = useConversationWish(id)
  const { state, window } = useMessageWindow(id, place.focus?.message)
  const moves = useRef<ListMoves>(undefined)
  const [quote, setQuote] = useState<MessageView>()
  const [layer, setLayer] = useState<MessageLayer>()
  const selection = useSelection(state.messages)
  const deletion = useDeletion()
  const typing = useQuery('typing.list')
  const shared = useShared(conversation, own, {
    onLayer: setLayer,
    onReply: setQuote,
    onSelect: selection.toggle,
    onGoTo: async message => moves.current?.to(message) ?? false,
  })
  useReplyWish(wish?.reply, setQuote)
  useOwnSends(
    conversation,
    useCallback(() => moves.current?.toEnd(), []),
  )
  const focus = useNewest(place.focus, wish?.focus)
  // What a menu opens stays when the menu closes.
  const closeLayer = useCallback(() => setLayer(before => (before === layer ? undefined : before)), [layer])
  const remove = useCallback<typeof deletion.remove>(
    async (messages, scope) => {
      const isDone = await deletion.remove(messages, scope)
      if (isDone) selection.end()
      return isDone
    },
    [deletion, selection],
  )
  const wishes = useMemo(() => ({ focus, marks: wish?.marks }), [focus, wish?.marks])
  return (
    <MessagesContext value={shared}>
      <section className={styles['screen']} aria-label={shared.name}>
        <Title>{shared.name}</Title>
        {selection.chosen === undefined ? (
          <ConversationHeader conversation={conversation} moves={moves} onSelect={selection.begin} />
        ) : (
          <SelectionHeader messages={selection.messages} onEnd={selection.end} />
        )}
        <Banners conversation={conversation} />
        <MessageList
          conversation={conversation}
          window={window}
          state={state}
          wishes={wishes}
          selection={selection.chosen}
          hidden={deletion.hidden}
          isTyping={typing?.some(each => each === id) ?? false}
          movesRef={moves}
        >
          <div className={styles['empty']}>
            <p>
              {conversation.kind === 'self'
                ? text('conversation.empty.self')
                : text('conversation.empty.person', { name: shared.name })}
            </p>
          </div>
        </MessageList>
        <RequestFoot conversation={conversation} />
        <Composer conversation={conversation} quote={quote} onQuoteChange={setQuote} />
        <MessageLayers layer={layer} onClose={closeLayer} onDelete={remove} />
      </section>
    </MessagesContext>
  )
}

/** The name above is a button; this is what screen readers go to. */
function Title({ children }: { readonly children: string }): ReactNode {
  const Heading = useLayout() === 'narrow' ? 'h1' : 'h2'
  return <Heading className={styles['title']}>{children}</Heading>
}

type Handlers = Omit<Parameters<typeof useMessageActions>[0], 'conversation' | 'own'>

function useShared(conversation: ConversationView, own: string, handlers: Handlers): MessagesShared {
  const text = useText()
  const actions = useMessageActions({ conversation: conversation.id, own, ...handlers })
  const formats = useMemo(() => createFormats(text.language, Date.now), [text.language])
  const { blocked, expiry, id, kind, request } = conversation
  const name = conversation.name ?? text('conversation.self')
  const { mode, timerSeconds } = expiry
  return useMemo(
    () => ({
      own,
      name,
      formats,
      actions,
      conversation: { id, kind, name, blocked, request, expiry: { mode, timerSeconds } },
    }),
    [own, name, formats, actions, id, kind, blocked, request, mode, timerSeconds],
  )
}

interface Wanted {
  readonly message: number
  readonly nonce: number
}

/** Of two places that somebody wanted to see, the one that came last; wishes from before this visit don't count. */
function useNewest(place: Wanted | undefined, wish: Wanted | undefined): Wanted | undefined {
  const [from] = useState(() => performance.now())
  return wish !== undefined && wish.nonce > from && wish.nonce > (place?.nonce ?? 0) ? wish : place
}
