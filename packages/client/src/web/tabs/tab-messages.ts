/** Names a tab, or rather its worker, among those of the origin. */
export type TabId = string

/** What tabs of one group say to one another. `session` numbers the channels of the tab that opened them. */
export type TabMessage =
  | { readonly kind: 'who-leads' }
  | { readonly kind: 'leads'; readonly leader: TabId }
  | { readonly kind: 'open' | 'close'; readonly from: TabId; readonly to: TabId; readonly session: number }
  | {
      readonly kind: 'frame'
      readonly from: TabId
      readonly to: TabId
      readonly session: number
      readonly frame: unknown
    }

/** `undefined` for what no tab of this version says: tabs may run different versions for a while. */
export function parseTabMessage(data: unknown): TabMessage | undefined {
  if (typeof data !== 'object' || data === null) return undefined
  const { kind, leader, from, to, session, frame } = data as Readonly<Record<string, unknown>>
  if (kind === 'who-leads') return { kind }
  if (kind === 'leads') return typeof leader === 'string' ? { kind, leader } : undefined
  if (typeof from !== 'string' || typeof to !== 'string' || typeof session !== 'number') return undefined
  if (kind === 'open' || kind === 'close') return { kind, from, to, session }
  return kind === 'frame' ? { kind, from, to, session, frame } : undefined
}
