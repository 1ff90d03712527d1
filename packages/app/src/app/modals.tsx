import { type ReactNode } from 'react'
import { AccountSwitcher } from '../accounts/index.ts'
import { ConversationSettings } from '../conversation-settings/index.ts'
import { useNavigation } from '../navigation/index.ts'
import { PathScreen } from '../path/index.ts'
import { ProfileDialog } from '../profile/index.ts'
import { Settings } from '../settings/index.ts'
import { ShortcutList } from '../shortcuts/index.ts'

/** What lies above everything else, if anything does. */
export function Modals(): ReactNode {
  const { place, closeModal } = useNavigation()
  const { conversation, modal } = place
  switch (modal?.kind) {
    case undefined:
      return null
    case 'settings':
      return <Settings page={modal.page} onClose={closeModal} />
    case 'conversation':
      if (conversation === undefined) return null
      return <ConversationSettings conversation={conversation} page={modal.page} onClose={closeModal} />
    case 'profile':
      return <ProfileDialog account={modal.account} onClose={closeModal} />
    case 'path':
      return <PathScreen onClose={closeModal} />
    case 'shortcuts':
      return <ShortcutList onClose={closeModal} />
    case 'accounts':
      return <AccountSwitcher onClose={closeModal} />
  }
}
