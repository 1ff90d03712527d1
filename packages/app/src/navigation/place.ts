/** What the left pane shows. */
export type Left = 'conversations' | 'requests' | 'start' | 'new-message' | 'invite'

/** What the right pane shows beside a conversation. */
export type Details =
  | { readonly kind: 'message'; readonly message: number }
  | { readonly kind: 'search' }
  | { readonly kind: 'pinned' }
  | { readonly kind: 'gallery' }

/** The pages of the settings. */
export type SettingsPage =
  | 'profile'
  | 'privacy'
  | 'notifications'
  | 'conversations'
  | 'appearance'
  | 'language'
  | 'storage'
  | 'recovery'
  | 'accounts'
  | 'help'
  | 'clear-data'

/** What lies above everything else. */
export type Modal =
  | { readonly kind: 'settings'; readonly page?: SettingsPage }
  | { readonly kind: 'conversation'; readonly page?: 'expiry' | 'notifications' | 'nickname' }
  | { readonly kind: 'profile'; readonly account: string }
  | { readonly kind: 'path' }
  | { readonly kind: 'shortcuts' }
  | { readonly kind: 'accounts' }

/** A message that is to be seen, and flashes: `nonce` tells two wishes to see the same one apart. */
interface Focus {
  readonly message: number
  readonly nonce: number
}

/** Where one is in the app. It is kept in memory only: addresses and histories of browsers are no place for ids. */
export interface Place {
  readonly left: Left
  readonly conversation?: string | undefined
  readonly focus?: Focus | undefined
  readonly details?: Details | undefined
  readonly modal?: Modal | undefined
}

/** Where one begins. */
export const firstPlace: Place = { left: 'conversations' }
