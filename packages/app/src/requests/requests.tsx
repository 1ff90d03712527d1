import { Ban, Check, MessageCircleQuestion, Trash2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { type RequestRow } from '@sotto/client'
import { previewText } from '../conversations/preview-text.ts'
import { shortTime } from '../conversations/short-time.ts'
import { useNow } from '../conversations/use-now.ts'
import { useAccount, useAct, useQuery } from '../core/index.ts'
import { useNavigation } from '../navigation/index.ts'
import { useText } from '../texts/index.ts'
import {
  Avatar,
  Badge,
  Button,
  ConfirmDialog,
  ContextMenu,
  EmptyState,
  type MenuItem,
  PaneHeader,
} from '../ui/index.ts'
import styles from './requests.module.css'

/** Strangers who wrote, newest first. Spec 50 §2.6. */
export function Requests(): ReactNode {
  const text = useText()
  const { backToList } = useNavigation()
  const rows = useQuery('requests.list')
  return (
    <section className={styles['pane']} aria-label={text('requests.title')}>
      <PaneHeader title={text('requests.title')} onBack={backToList} />
      {rows !== undefined && rows.length === 0 && (
        <EmptyState icon={<MessageCircleQuestion />} title={text('requests.empty.title')}>
          {text('requests.empty.body')}
        </EmptyState>
      )}
      {rows !== undefined && rows.length > 0 && (
        <>
          <p className={styles['explanation']}>{text('requests.explanation')}</p>
          <ul className={styles['rows']}>
            {rows.map(row => (
              <Row key={row.contact} row={row} />
            ))}
          </ul>
          <ClearAll count={rows.length} />
        </>
      )}
    </section>
  )
}

function Row({ row }: { readonly row: RequestRow }): ReactNode {
  const text = useText()
  const now = useNow()
  const { openConversation, place } = useNavigation()
  const { client } = useAccount()
  const act = useAct()
  const { contact, lastActivityAt, name, preview, unreadCount } = row
  const items: readonly MenuItem[] = [
    {
      id: 'accept',
      label: text('requests.accept'),
      icon: Check,
      onAction: () => void act(async () => client.command('requests.accept', { contact })),
    },
    {
      id: 'delete',
      label: text('requests.delete'),
      icon: Trash2,
      onAction: () => void act(async () => client.command('requests.decline', { contact })),
    },
    {
      id: 'block',
      label: text('requests.block'),
      icon: Ban,
      tone: 'danger',
      onAction: () => void act(async () => client.command('requests.block', { contact })),
    },
  ]
  return (
    <li>
      <ContextMenu items={items}>
        <button
          type="button"
          className={styles['row']}
          data-open={place.conversation === contact}
          data-unread={unreadCount > 0}
          onClick={() => openConversation(contact)}
        >
          <Avatar id={contact} name={name} size={44} />
          <span className={styles['words']}>
            <bdi className={styles['name']}>{name}</bdi>
            {preview !== undefined && (
              <span className={styles['preview']} dir="auto">
                {previewText(text, preview)}
              </span>
            )}
          </span>
          <time dateTime={new Date(lastActivityAt).toISOString()}>{shortTime(lastActivityAt, now, text.language)}</time>
          {unreadCount > 0 && <Badge count={unreadCount} label={text('requests.unread', { count: unreadCount })} />}
        </button>
      </ContextMenu>
    </li>
  )
}

function ClearAll({ count }: { readonly count: number }): ReactNode {
  const text = useText()
  const { client } = useAccount()
  const { backToList } = useNavigation()
  const act = useAct()
  const [isAsked, setAsked] = useState(false)
  const close = (): void => setAsked(false)
  const clear = async (): Promise<void> => {
    if (!(await act(async () => client.command('requests.decline-all')))) return
    close()
    backToList()
  }
  return (
    <div className={styles['foot']}>
      <Button variant="quiet" onPress={() => setAsked(true)}>
        {text('requests.clear-all')}
      </Button>
      <ConfirmDialog
        isOpen={isAsked}
        onClose={close}
        title={text('requests.clear-all.title')}
        confirm={{ label: text('requests.clear-all'), tone: 'danger', onPress: clear }}
      >
        {text('requests.clear-all.body', { count })}
      </ConfirmDialog>
    </div>
  )
}
