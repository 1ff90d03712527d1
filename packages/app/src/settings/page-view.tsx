import { type ReactNode } from 'react'
import { type SettingsPage } from '../navigation/index.ts'
import { RecoveryPage } from '../recovery/index.ts'
import { StoragePage } from '../storage/index.ts'
import { AccountsPage } from './accounts-page.tsx'
import { AppearancePage } from './appearance-page.tsx'
import { ClearDataPage } from './clear-data-page.tsx'
import { ConversationsPage } from './conversations-page.tsx'
import { HelpPage } from './help-page.tsx'
import { LanguagePage } from './language-page.tsx'
import { NotificationsPage } from './notifications-page.tsx'
import { PrivacyPage } from './privacy-page.tsx'
import { ProfilePage } from './profile-page.tsx'
import styles from './settings.module.css'

interface PageViewProps {
  readonly page: SettingsPage
  readonly onChoose: (page: SettingsPage) => void
  readonly onClose: () => void
}

/** One page. */
export function PageView(props: PageViewProps): ReactNode {
  return <div className={styles['page']}>{pageOf(props)}</div>
}

function pageOf({ page, onChoose, onClose }: PageViewProps): ReactNode {
  switch (page) {
    case 'profile':
      return <ProfilePage />
    case 'privacy':
      return <PrivacyPage />
    case 'notifications':
      return <NotificationsPage />
    case 'conversations':
      return <ConversationsPage />
    case 'appearance':
      return <AppearancePage />
    case 'language':
      return <LanguagePage />
    case 'storage':
      return <StoragePage />
    case 'recovery':
      return <RecoveryPage onHidden={() => onChoose('profile')} />
    case 'accounts':
      return <AccountsPage onClose={onClose} />
    case 'help':
      return <HelpPage />
    case 'clear-data':
      return <ClearDataPage />
  }
}
