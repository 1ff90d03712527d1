import { useMemo } from 'react'
import { type MessageView } from '@sotto/client'
import { useAttachments } from '../attachments/index.ts'
import { useAccount, useAct } from '../core/index.ts'
import { useNavigation } from '../navigation/index.ts'
import { useText } from '../texts/index.ts'
import { useToasts } from '../ui/index.ts'
import { controlLine } from './control-words.ts'
import { type OpenMenu } from './message-menu.tsx'
import { type MessageActions, type ShownLink } from './messages-context.ts'
import { readableText } from './text/readable-text.ts'
import { useLatest } from './use-latest.ts'

/** What lies above the conversation, if anything does. */
export type MessageLayer =
  | ({ readonly kind: 'menu' } & OpenMenu)
  | { readonly kind: 'delete' | 'forward'; readonly messages: readonly MessageView[] }
  | { readonly kind: 'reactions'; readonly message: number }
  | { readonly kind: 'follow'; readonly message: MessageView }
  | { readonly kind: 'link'; readonly link: ShownLink }

/** What the screen does about some of the actions. */
export interface MessageActionsOptions {
  readonly conversation: string
  readonly own: string
  readonly onLayer: (layer: MessageLayer) => void
  readonly onReply: (message: MessageView) => void
  readonly onSelect: (message: MessageView) => void
  readonly onGoTo: (message: number) => Promise<boolean>
}

/** The actions of a conversation; the same object as long as it is shown. */
export function useMessageActions(options: MessageActionsOptions): MessageActions {
  const { client } = useAccount()
  const { actions: files } = useAttachments()
  const latest = useLatest({ ...options, act: useAct(), text: useText(), toasts: useToasts(), ...useNavigation() })
  return useMemo(() => {
    const now = () => latest.current
    const say = (key: 'messages.copied' | 'messages.pinned' | 'messages.unpinned' | 'links.copied'): void =>
      now().toasts.show({ text: now().text(key) })
    const copy = async (words: string, said: 'messages.copied' | 'links.copied'): Promise<void> => {
      if (await now().act(async () => navigator.clipboard.writeText(words))) say(said)
    }
    return {
      reply: message => now().onReply(message),
      copy: message => void copy(readableText(message, now().text('messages.you')), 'messages.copied'),
      copyAll: messages => {
        const you = now().text('messages.you')
        void copy(messages.map(message => readableText(message, you)).join('\n'), 'messages.copied')
      },
      copyLink: ({ url }) => void copy(url, 'links.copied'),
      forward: messages => now().onLayer({ kind: 'forward', messages }),
      pin: async ({ id: message }, pinned) => {
        const isDone = await now().act(async () => client.command('messages.pin', { message, pinned }))
        if (isDone) say(pinned ? 'messages.pinned' : 'messages.unpinned')
      },
      save: ({ attachments }) => files.save(attachments.filter(({ state }) => state === 'here')),
      showDetails: ({ id: message }) => now().showDetails({ kind: 'message', message }),
      select: message => now().onSelect(message),
      remove: messages => now().onLayer({ kind: 'delete', messages }),
      resend: ({ id: message }) => void now().act(async () => client.command('messages.resend', { message })),
      cancel: ({ id: message }) => void now().act(async () => client.command('messages.cancel', { message })),
      react: ({ id: message, reactions }, emoji) => {
        const isMine = reactions.some(each => each.emoji === emoji && each.senders.some(each => each === now().own))
        const name = isMine ? 'reactions.remove' : 'reactions.add'
        void now().act(async () => client.command(name, { message, emoji }))
      },
      showReactions: ({ id: message }) => now().onLayer({ kind: 'reactions', message }),
      showMenu: (message, point, link) => now().onLayer({ kind: 'menu', message, point, link }),
      goToQuoted: async ({ original }) => {
        const isThere = original !== undefined && (await now().onGoTo(original.id))
        if (!isThere) now().toasts.show({ text: now().text('conversation.not-found') })
      },
      openLink: link => now().onLayer({ kind: 'link', link }),
      showPerson: account => now().showModal({ kind: 'profile', account }),
      follow: message => {
        if (controlLine(message).kind === 'expiry') now().onLayer({ kind: 'follow', message })
      },
    }
  }, [client, files, latest])
}
