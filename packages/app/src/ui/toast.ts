/** What was done, perhaps with a way back. Anything that must be read belongs elsewhere. */
export interface Toast {
  readonly text: string
  readonly tone?: 'normal' | 'danger'
  readonly action?: { readonly label: string; readonly onPress: () => void }
  /** 5 s, with an action 10 s, unless given. It stands still while pointed at or focused. */
  readonly durationMs?: number
}
