import { useAccount, useAct } from '../core/index.ts'
import { useNavigation } from '../navigation/index.ts'
import { changePreferences, usePreferences } from '../preferences/index.ts'
import { nextZoom } from './next-zoom.ts'
import { type Scope } from './shortcut-registry.ts'
import { combosOf, type ShortcutName } from './shortcut-table.ts'
import { useShortcut, useShortcutKeys } from './use-shortcut.ts'

const digits = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const
/** What takes words to search for; the list of conversations marks its own. */
const searchField = '[data-shortcut-target="search"] input, input[type="search"]'
const composer = 'main textarea'

/** Hands keys on, and does what belongs to no single screen. Spec 50 §15. */
export function Shortcuts(): null {
  useShortcutKeys()
  useZoomKeys()
  useNavigationKeys()
  useConversationKeys()
  return null
}

/** Each name has one or two combinations, always as many. */
function useNamed(scope: Scope, name: ShortcutName, handler: () => void): void {
  const [first = '', second = first] = combosOf(name)
  useShortcut(scope, first, handler)
  useShortcut(scope, second, handler)
}

function useZoomKeys(): void {
  const { zoom } = usePreferences()
  const zoomIn = (): void => changePreferences({ zoom: nextZoom(zoom, 'in') })
  useNamed('global', 'zoom-in', zoomIn)
  // The same key without Shift.
  useShortcut('global', 'Mod+=', zoomIn)
  useNamed('global', 'zoom-out', () => changePreferences({ zoom: nextZoom(zoom, 'out') }))
  useNamed('global', 'zoom-reset', () => changePreferences({ zoom: 100 }))
}

function useNavigationKeys(): void {
  const { place, showLeft, showModal, closeModal, closeConversation } = useNavigation()
  useNamed('global', 'list', () =>
    place.modal?.kind === 'shortcuts' ? closeModal() : showModal({ kind: 'shortcuts' }),
  )
  useNamed('main', 'settings', () => showModal({ kind: 'settings' }))
  useNamed('main', 'start', () => showLeft('start'))
  useNamed('main', 'new-message', () => showLeft('new-message'))
  useNamed('main', 'search', () => {
    if (place.left !== 'conversations') showLeft('conversations')
    // After the list is there.
    requestAnimationFrame(() => document.querySelector<HTMLInputElement>(searchField)?.focus())
  })
  useNamed('main', 'close', () => {
    if (place.conversation !== undefined) closeConversation()
  })
}

function useConversationKeys(): void {
  const { place, closeDetails, openConversation, showModal } = useNavigation()
  const { accountId, client } = useAccount()
  const act = useAct()
  useNamed('main', 'note', () => {
    void act(async () => {
      await client.command('conversations.open', { conversation: accountId })
      openConversation(accountId)
    })
  })
  useNamed('main', 'composer', () => {
    if (place.details !== undefined) closeDetails()
    document.querySelector<HTMLTextAreaElement>(composer)?.focus()
  })
  useNamed('main', 'conversation-settings', () => {
    if (place.conversation !== undefined) showModal({ kind: 'conversation' })
  })
  const open = (n: number): void => {
    void act(async () => {
      const row = (await client.query('conversations.list'))[n - 1]
      if (row !== undefined) openConversation(row.id)
    })
  }
  for (const n of digits) {
    // The list of digits never changes.
    // oxlint-disable-next-line react-hooks/rules-of-hooks
    useShortcut('main', `Mod+${n}`, () => open(n))
    // oxlint-disable-next-line react-hooks/rules-of-hooks
    useShortcut('main', `Other+${n}`, () => open(n))
  }
}
