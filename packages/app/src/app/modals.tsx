import { lazy, type ReactNode, Suspense } from 'react'
import { type Modal, useNavigation } from '../navigation/index.ts'

// What is seldom looked at is fetched when it is, so that the first start is short.
const AccountSwitcher = lazy(async () => ({
  default: (await import('../accounts/account-switcher.tsx')).AccountSwitcher,
}))
const ConversationSettings = lazy(async () => ({
  default: (await import('../conversation-settings/conversation-settings.tsx')).ConversationSettings,
}))
const PathScreen = lazy(async () => ({ default: (await import('../path/path-screen.tsx')).PathScreen }))
const ProfileDialog = lazy(async () => ({ default: (await import('../profile/profile-dialog.tsx')).ProfileDialog }))
const Settings = lazy(async () => ({ default: (await import('../settings/settings.tsx')).Settings }))
const ShortcutList = lazy(async () => ({ default: (await import('../shortcuts/shortcut-list.tsx')).ShortcutList }))

/** What lies above everything else, if anything does. */
export function Modals(): ReactNode {
  const { place, closeModal } = useNavigation()
  const { conversation, modal } = place
  if (modal === undefined) return null
  return <Suspense>{modalOf(modal, conversation, closeModal)}</Suspense>
}

function modalOf(modal: Modal, conversation: string | undefined, onClose: () => void): ReactNode {
  switch (modal.kind) {
    case 'settings':
      return <Settings page={modal.page} onClose={onClose} />
    case 'conversation':
      if (conversation === undefined) return null
      return <ConversationSettings conversation={conversation} page={modal.page} onClose={onClose} />
    case 'profile':
      return <ProfileDialog account={modal.account} onClose={onClose} />
    case 'path':
      return <PathScreen onClose={onClose} />
    case 'shortcuts':
      return <ShortcutList onClose={onClose} />
    case 'accounts':
      return <AccountSwitcher onClose={onClose} />
  }
}
