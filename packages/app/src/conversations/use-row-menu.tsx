import { Bell, BellOff, Copy, EyeOff, Mail, MailOpen, OctagonX, Pin, PinOff, Trash2, User, Eraser } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { type ConversationRow } from '@sotto/client'
import { useAccount, useAct } from '../core/index.ts'
import { useNavigation } from '../navigation/index.ts'
import { useText } from '../texts/index.ts'
import { ConfirmDialog, type MenuItem, useToasts } from '../ui/index.ts'
import { isMuted } from './is-muted.ts'

interface RowMenu {
  readonly items: readonly MenuItem[]
  readonly dialogs: ReactNode
}

/** What can be done with a conversation from the list, in the order that people know. `now` is Unix ms. Spec 50 §2.4. */
export function useRowMenu(row: ConversationRow, now: number): RowMenu {
  const text = useText()
  const { client } = useAccount()
  const act = useAct()
  const toasts = useToasts()
  const navigation = useNavigation()
  const [asked, setAsked] = useState<'clear' | 'delete'>()
  const { id: conversation, kind } = row
  const name = row.name ?? text('conversations.self')
  const isPerson = kind !== 'self'
  const isUnread = row.unreadCount > 0 || row.forcedUnread
  const isQuiet = isMuted(row, now)

  const block = async (): Promise<void> => {
    if (!(await act(async () => client.command('contacts.block', { contact: conversation })))) return
    if (navigation.place.conversation === conversation) navigation.closeConversation()
    const undo = (): void => void act(async () => client.command('contacts.unblock', { contact: conversation }))
    toasts.show({
      text: text('conversations.blocked', { name }),
      action: { label: text('conversations.undo'), onPress: undo },
    })
  }
  const copy = async (): Promise<void> => {
    if (await act(async () => navigator.clipboard.writeText(conversation)))
      toasts.show({ text: text('conversations.menu.copied') })
  }
  const items: readonly (MenuItem | false)[] = [
    {
      id: 'pin',
      label: row.pinned ? text('conversations.menu.unpin') : text('conversations.menu.pin'),
      icon: row.pinned ? PinOff : Pin,
      onAction: () => void act(async () => client.command('conversations.pin', { conversation, pinned: !row.pinned })),
    },
    {
      id: 'read',
      label: isUnread ? text('conversations.menu.mark-read') : text('conversations.menu.mark-unread'),
      icon: isUnread ? MailOpen : Mail,
      onAction: () =>
        void act(async () =>
          client.command(isUnread ? 'conversations.mark-read' : 'conversations.mark-unread', { conversation }),
        ),
    },
    isPerson && {
      id: 'mute',
      label: isQuiet ? text('conversations.menu.unmute') : text('conversations.menu.mute'),
      icon: isQuiet ? Bell : BellOff,
      onAction: () =>
        void act(async () =>
          client.command('conversations.set-notifications', { conversation, mode: isQuiet ? 'all' : 'none' }),
        ),
    },
    { id: 'copy', label: text('conversations.menu.copy-id'), icon: Copy, onAction: () => void copy() },
    isPerson && {
      id: 'profile',
      label: text('conversations.menu.profile'),
      icon: User,
      onAction: () => navigation.showModal({ kind: 'profile', account: conversation }),
    },
    !isPerson && {
      id: 'hide',
      label: text('conversations.menu.hide'),
      icon: EyeOff,
      onAction: () => void act(async () => client.command('conversations.hide', { conversation })),
    },
    isPerson && {
      id: 'block',
      label: text('conversations.menu.block'),
      icon: OctagonX,
      onAction: () => void block(),
    },
    {
      id: 'clear',
      label: text('conversations.menu.clear'),
      icon: Eraser,
      tone: 'danger',
      onAction: () => setAsked('clear'),
    },
    isPerson && {
      id: 'delete',
      label: text('conversations.menu.delete'),
      icon: Trash2,
      tone: 'danger',
      onAction: () => setAsked('delete'),
    },
  ]
  const close = (): void => setAsked(undefined)
  const confirm = async (): Promise<void> => {
    const command = asked === 'clear' ? 'conversations.clear' : 'conversations.delete'
    if (!(await act(async () => client.command(command, { conversation })))) return
    if (asked === 'delete' && navigation.place.conversation === conversation) navigation.closeConversation()
    close()
  }
  const dialogs = asked !== undefined && (
    <ConfirmDialog
      isOpen
      onClose={close}
      title={text(`conversations.${asked}.title`)}
      confirm={{ label: text(`conversations.${asked}.confirm`), tone: 'danger', onPress: confirm }}
    >
      {text(`conversations.${asked}.body`, { name })}
    </ConfirmDialog>
  )
  return { items: items.filter(item => item !== false), dialogs }
}
