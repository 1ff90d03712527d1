import { type ReactNode, useState } from 'react'
import { type TextKey, useText } from '../texts/index.ts'
import { Dialog, Kbd } from '../ui/index.ts'
import { type Combo, comboKeys } from './combo.ts'
import { shortcutGroups, type ShortcutLine, type ShortcutName } from './shortcut-table.ts'
import styles from './shortcuts.module.css'
import { isAppleKeyboard } from './use-shortcut.ts'

const words: Readonly<Record<ShortcutName, TextKey>> = {
  list: 'shortcuts.list',
  'zoom-in': 'shortcuts.zoom-in',
  'zoom-out': 'shortcuts.zoom-out',
  'zoom-reset': 'shortcuts.zoom-reset',
  settings: 'shortcuts.settings',
  start: 'shortcuts.start',
  'new-message': 'shortcuts.new-message',
  note: 'shortcuts.note',
  search: 'shortcuts.search',
  close: 'shortcuts.close',
  nth: 'shortcuts.nth',
  composer: 'shortcuts.composer',
  emoji: 'shortcuts.emoji',
  attach: 'shortcuts.attach',
  'conversation-settings': 'shortcuts.conversation-settings',
  reaction: 'shortcuts.reaction',
  reply: 'shortcuts.reply',
  copy: 'shortcuts.copy',
  save: 'shortcuts.save',
  menu: 'shortcuts.menu',
  send: 'shortcuts.send',
  line: 'shortcuts.line',
  mention: 'shortcuts.mention',
  'quick-emoji': 'shortcuts.quick-emoji',
}

/** All that keys do. Keys stand from left to right in every language. */
export function ShortcutList({ onClose }: { readonly onClose: () => void }): ReactNode {
  const text = useText()
  // In a window of its own the browser keeps no keys to itself.
  const [isInstalled] = useState(() => matchMedia('(display-mode: standalone)').matches)
  return (
    <Dialog isOpen isReading onClose={onClose} title={text('shortcuts.title')} size="wide">
      <div className={styles['groups']}>
        {shortcutGroups.map(({ title, lines }) => (
          <section key={title} className={styles['group']} aria-label={text(title)}>
            <h3 className={styles['title']}>{text(title)}</h3>
            <dl className={styles['lines']}>
              {lines.map(line => (
                <Line key={line.name} line={line} isInstalled={isInstalled} />
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}

function Line({ line, isInstalled }: { readonly line: ShortcutLine; readonly isInstalled: boolean }): ReactNode {
  const text = useText()
  const { combo, inTab, name } = line
  return (
    <div className={styles['line']}>
      <dt>{text(words[name])}</dt>
      <dd dir="ltr">
        <Keys combo={isInstalled ? combo : (inTab ?? combo)} isRange={name === 'nth'} />
      </dd>
    </div>
  )
}

function Keys({ combo, isRange }: { readonly combo: Combo; readonly isRange: boolean }): ReactNode {
  const keys = comboKeys(combo, isAppleKeyboard())
  return (
    <span className={styles['keys']}>
      {keys.map(key => (
        <Kbd key={key}>{isRange && key === '1' ? '1–9' : key}</Kbd>
      ))}
    </span>
  )
}
