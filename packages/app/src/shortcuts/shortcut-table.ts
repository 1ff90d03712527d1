import type { TextKey } from '../texts/index.ts'
import { type Combo } from './combo.ts'

/** What a shortcut does, by name. */
export type ShortcutName =
  | 'list'
  | 'zoom-in'
  | 'zoom-out'
  | 'zoom-reset'
  | 'settings'
  | 'start'
  | 'new-message'
  | 'note'
  | 'search'
  | 'close'
  | 'nth'
  | 'composer'
  | 'emoji'
  | 'attach'
  | 'conversation-settings'
  | 'reaction'
  | 'reply'
  | 'copy'
  | 'save'
  | 'menu'
  | 'send'
  | 'line'
  | 'mention'
  | 'quick-emoji'

/** One line of the list of shortcuts. */
export interface ShortcutLine {
  readonly name: ShortcutName
  readonly combo: Combo
  /** Works in a tab as well, where the browser keeps `combo` to itself. */
  readonly inTab?: Combo
}

/** Lines with a title above. */
export interface ShortcutGroup {
  readonly title: TextKey
  readonly lines: readonly ShortcutLine[]
}

/** Everything that keys do, in the order in which it is listed. Spec 50 §15. */
export const shortcutGroups: readonly ShortcutGroup[] = [
  {
    title: 'shortcuts.group.general',
    lines: [
      { name: 'list', combo: 'Mod+/' },
      { name: 'settings', combo: 'Mod+,' },
      { name: 'search', combo: 'Mod+F' },
      { name: 'start', combo: 'Mod+N', inTab: 'Other+N' },
      { name: 'new-message', combo: 'Mod+Shift+M', inTab: 'Other+M' },
      { name: 'note', combo: 'Mod+Shift+N', inTab: 'Other+Shift+N' },
      { name: 'nth', combo: 'Mod+1', inTab: 'Other+1' },
      { name: 'close', combo: 'Mod+W', inTab: 'Other+W' },
      { name: 'zoom-in', combo: 'Mod++' },
      { name: 'zoom-out', combo: 'Mod+-' },
      { name: 'zoom-reset', combo: 'Mod+0' },
    ],
  },
  {
    title: 'shortcuts.group.conversation',
    lines: [
      { name: 'composer', combo: 'Escape' },
      { name: 'emoji', combo: 'Mod+E' },
      { name: 'attach', combo: 'Mod+U' },
      { name: 'conversation-settings', combo: 'Mod+.' },
    ],
  },
  {
    title: 'shortcuts.group.message',
    lines: [
      { name: 'reaction', combo: 'Mod+Shift+E' },
      { name: 'reply', combo: 'Mod+Shift+R' },
      { name: 'copy', combo: 'Mod+C' },
      { name: 'save', combo: 'Mod+S' },
      { name: 'menu', combo: 'Enter' },
    ],
  },
  {
    title: 'shortcuts.group.writing',
    lines: [
      { name: 'send', combo: 'Mod+Enter' },
      { name: 'line', combo: 'Shift+Enter' },
      { name: 'mention', combo: '@' },
      { name: 'quick-emoji', combo: ':' },
    ],
  },
]

/** The keys of a shortcut, those for tabs as well. */
export function combosOf(name: ShortcutName): readonly Combo[] {
  const line = shortcutGroups.flatMap(({ lines }) => lines).find(each => each.name === name)
  return line === undefined ? [] : [line.combo, ...(line.inTab === undefined ? [] : [line.inTab])]
}
