import {
  CircleX,
  Copy,
  Download,
  Forward,
  Info,
  Link,
  ListChecks,
  Pin,
  PinOff,
  Reply,
  RotateCw,
  SmilePlus,
  Trash2,
} from 'lucide-react'
import { type ReactNode } from 'react'
import { Button } from 'react-aria-components/Button'
import { MenuTrigger, Popover } from 'react-aria-components/Menu'
import { type MessageView } from '@sotto/client'
import { type Texts, useText } from '../texts/index.ts'
import { type MenuAction, type MenuItem } from '../ui/index.ts'
import { MenuList } from '../ui/menu-list.tsx'
import { isSaid } from './layout-rows.ts'
import styles from './message-menu.module.css'
import { canReact, canReply, mayBeForwarded, mayBeSaved } from './message-rights.ts'
import { type MessagesShared, type Point, type ShownLink, useMessages } from './messages-context.ts'
import { ReactionBar } from './reaction-bar.tsx'

/** A message whose menu is open, where, and the link that it was opened on. */
export interface OpenMenu {
  readonly message: MessageView
  readonly point: Point
  readonly link?: ShownLink | undefined
}

interface MessageMenuProps {
  readonly menu: OpenMenu
  readonly onClose: () => void
}

/** Everything that can be done with a message, below the emoji to react with. Spec 50 §3.6. */
export function MessageMenu({ menu, onClose }: MessageMenuProps): ReactNode {
  const text = useText()
  const shared = useMessages()
  const { message, point } = menu
  const react = (emoji: string): void => {
    onClose()
    shared.actions.react(message, emoji)
  }
  return (
    <MenuTrigger isOpen onOpenChange={open => !open && onClose()}>
      <Button
        excludeFromTabOrder
        aria-hidden="true"
        aria-label={text('messages.menu')}
        className={styles['anchor'] ?? ''}
        style={{ left: point.x, top: point.y }}
      />
      <Popover className={styles['popover'] ?? ''} placement="bottom start" offset={4}>
        {canReact(message, shared.conversation) && (
          <div className={styles['reactions']}>
            <ReactionBar message={message} onPick={react} onClose={onClose} />
          </div>
        )}
        <MenuList items={itemsFor(menu, shared, text)} label={text('messages.menu')} />
      </Popover>
    </MenuTrigger>
  )
}

/** In the order that people are used to; only what applies. */
function itemsFor({ link, message }: OpenMenu, shared: MessagesShared, text: Texts): readonly MenuItem[] {
  const { actions } = shared
  const isShown = isSaid(message) && message.deleted === 'no'
  const hasText = message.body !== undefined && message.body !== ''
  const saved = message.attachments.filter(({ state }) => state === 'here').length
  const selected = selectedText()
  const items: readonly (MenuAction | false)[] = [
    message.state === 'failed' && item('resend', text('messages.resend'), RotateCw, () => actions.resend(message)),
    (message.state === 'failed' || message.state === 'queued') &&
      item('cancel', text('messages.cancel'), CircleX, () => actions.cancel(message)),
    mayBeSaved(message) &&
      item('save', text('attachments.save.menu', { count: saved }), Download, () => actions.save(message)),
    canReply(message, shared.conversation) &&
      item('reply', text('messages.menu.reply'), Reply, () => actions.reply(message)),
    isShown &&
      hasText &&
      item('copy', text(selected === '' ? 'messages.menu.copy' : 'messages.menu.copy-selection'), Copy, () =>
        actions.copy(selected === '' ? message : { ...message, body: selected, mentions: [] }),
      ),
    link !== undefined && item('copy-link', text('messages.menu.copy-link'), Link, () => actions.copyLink(link)),
    mayBeForwarded(message) &&
      item('forward', text('messages.menu.forward'), Forward, () => actions.forward([message])),
    isShown &&
      item(
        'pin',
        text(message.pinned ? 'messages.menu.unpin' : 'messages.menu.pin'),
        message.pinned ? PinOff : Pin,
        () => actions.pin(message, !message.pinned),
      ),
    isShown && item('details', text('messages.menu.details'), Info, () => actions.showDetails(message)),
    isShown &&
      message.reactions.length > 0 &&
      item('reactions', text('messages.menu.reactions'), SmilePlus, () => actions.showReactions(message)),
    item('select', text('messages.menu.select'), ListChecks, () => actions.select(message)),
    {
      ...item('delete', text('messages.menu.delete'), Trash2, () => actions.remove([message])),
      tone: 'danger',
    },
  ]
  return items.filter(each => each !== false)
}

function item(id: string, label: string, icon: MenuAction['icon'], onAction: () => void): MenuAction {
  return { id, label, onAction, ...(icon === undefined ? {} : { icon }) }
}

/** What is selected with the mouse in a message. */
function selectedText(): string {
  return getSelection()?.toString().trim() ?? ''
}
