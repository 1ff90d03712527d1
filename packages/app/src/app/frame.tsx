import { type ReactNode } from 'react'
import { useDropGuard } from '../attach/index.ts'
import { AttachmentsProvider } from '../attachments/index.ts'
import { ConversationScreen } from '../conversation/index.ts'
import { ConversationList } from '../conversations/index.ts'
import { DetailsPane } from '../details/index.ts'
import { NavigationProvider, useLayout, useNavigation } from '../navigation/index.ts'
import { Notifications } from '../notifications/index.ts'
import { PicturesProvider } from '../profile/index.ts'
import { Requests } from '../requests/index.ts'
import { Shortcuts } from '../shortcuts/index.ts'
import { Invite, NewMessage, StartScreen } from '../start/index.ts'
import { UpdateNotice } from '../updates/index.ts'
import { AutoLock } from '../lock/index.ts'
import { usePreferences } from '../preferences/index.ts'
import { ListResizer } from './list-resizer.tsx'
import { Modals } from './modals.tsx'
import { NothingOpen } from './nothing-open.tsx'
import { Rail } from './rail.tsx'
import styles from './frame.module.css'

/** The messenger of one account: rail, list, conversation and details, as many side by side as there is room for. */
export function Frame(): ReactNode {
  useDropGuard()
  return (
    <PicturesProvider>
      <NavigationProvider>
        <AttachmentsProvider>
          <Panes />
        </AttachmentsProvider>
      </NavigationProvider>
    </PicturesProvider>
  )
}

function Panes(): ReactNode {
  const layout = useLayout()
  const { listWidth } = usePreferences()
  const { place } = useNavigation()
  const { conversation, details } = place
  const showsList = layout !== 'narrow' || conversation === undefined
  const showsMiddle = layout !== 'narrow' || conversation !== undefined
  const covers = layout !== 'wide' && details !== undefined
  return (
    <div className={styles['frame']} data-layout={layout}>
      {showsList && (
        <div className={styles['start']} style={{ ['--list-width' as string]: listWidth }}>
          <Rail />
          <LeftPane />
        </div>
      )}
      {showsMiddle && (
        <main className={styles['middle']} inert={covers}>
          {layout !== 'narrow' && <ListResizer />}
          {conversation === undefined ? (
            <NothingOpen />
          ) : (
            <ConversationScreen key={conversation} conversation={conversation} />
          )}
        </main>
      )}
      {details !== undefined && conversation !== undefined && (
        <aside className={styles['details']}>
          <DetailsPane conversation={conversation} details={details} />
        </aside>
      )}
      <Modals />
      <Shortcuts />
      <Notifications />
      <UpdateNotice />
      <AutoLock />
    </div>
  )
}

function LeftPane(): ReactNode {
  const { place } = useNavigation()
  switch (place.left) {
    case 'conversations':
      return <ConversationList />
    case 'requests':
      return <Requests />
    case 'start':
      return <StartScreen />
    case 'new-message':
      return <NewMessage />
    case 'invite':
      return <Invite />
  }
}
