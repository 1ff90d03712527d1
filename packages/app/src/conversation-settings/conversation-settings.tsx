import { ArrowLeft } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { type ConversationView } from '@sotto/client'
import { useQuery } from '../core/index.ts'
import { ExpiryPage } from '../expiry/index.ts'
import { type TextKey, useText } from '../texts/index.ts'
import { Dialog, IconButton, Spinner } from '../ui/index.ts'
import styles from './conversation-settings.module.css'
import { MainPage } from './main-page.tsx'
import { NicknamePage } from './nickname-page.tsx'
import { NotificationsPage } from './notifications-page.tsx'
import { type SettingsOf } from './settings-page.ts'

const titles: Readonly<Record<SettingsOf, TextKey>> = {
  expiry: 'expiry.title',
  notifications: 'conversation-settings.notifications',
  nickname: 'conversation-settings.nickname',
}

interface ConversationSettingsProps {
  readonly conversation: string
  /** Opens at this page; leaving it then closes all. */
  readonly page: SettingsOf | undefined
  readonly onClose: () => void
}

/** All that can be set for one conversation. Spec 50 §5. */
export function ConversationSettings({ conversation, page: first, onClose }: ConversationSettingsProps): ReactNode {
  const text = useText()
  const view = useQuery('conversations.get', { conversation })
  const contact = useQuery('contacts.get', { contact: conversation })
  const [page, setPage] = useState(first)
  const back = (): void => setPage(undefined)
  const done = first === undefined ? back : onClose
  const content = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // What had the focus went with its page: without any, keys would not reach the dialog.
    if (document.activeElement === document.body) content.current?.focus()
  }, [page])
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={page === undefined ? text('conversation-settings.title') : text(titles[page])}
    >
      <div ref={content} tabIndex={-1} className={styles['content']}>
        {page !== undefined && (
          <div className={styles['back']}>
            <IconButton
              icon={ArrowLeft}
              mirrored
              size="small"
              label={text('conversation-settings.back')}
              onPress={back}
            />
          </div>
        )}
        {view === undefined ? (
          <Spinner label={text('conversation-settings.loading')} />
        ) : page === undefined ? (
          <MainPage conversation={view} realName={contact?.name} onPage={setPage} onClose={onClose} />
        ) : (
          <Page page={page} conversation={view} onDone={done} />
        )}
      </div>
    </Dialog>
  )
}

interface PageProps {
  readonly page: SettingsOf
  readonly conversation: ConversationView
  readonly onDone: () => void
}

function Page({ page, conversation, onDone }: PageProps): ReactNode {
  switch (page) {
    case 'expiry':
      return <ExpiryPage conversation={conversation.id} isNotes={conversation.kind === 'self'} onDone={onDone} />
    case 'notifications':
      return <NotificationsPage conversation={conversation} onDone={onDone} />
    case 'nickname':
      return <NicknamePage conversation={conversation} onDone={onDone} />
  }
}
