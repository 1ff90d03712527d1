/** A page of its own below the first one. */
export type SettingsOf = 'expiry' | 'notifications' | 'nickname'
