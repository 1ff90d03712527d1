import {
  Bell,
  CircleHelp,
  HardDrive,
  KeyRound,
  Languages,
  type LucideIcon,
  MessagesSquare,
  Palette,
  ShieldCheck,
  Trash2,
  UserRound,
  Users,
} from 'lucide-react'
import { type ReactNode } from 'react'
import { Button } from 'react-aria-components/Button'
import { type SettingsPage } from '../navigation/index.ts'
import { useText } from '../texts/index.ts'
import { Icon } from '../ui/index.ts'
import styles from './settings.module.css'

const pages: readonly (readonly [page: SettingsPage, icon: LucideIcon])[] = [
  ['profile', UserRound],
  ['privacy', ShieldCheck],
  ['notifications', Bell],
  ['conversations', MessagesSquare],
  ['appearance', Palette],
  ['language', Languages],
  ['storage', HardDrive],
  ['recovery', KeyRound],
  ['accounts', Users],
  ['help', CircleHelp],
  ['clear-data', Trash2],
]

interface PageListProps {
  readonly shown: SettingsPage | undefined
  /** A page that there is not. */
  readonly without: SettingsPage | undefined
  readonly onChoose: (page: SettingsPage) => void
}

/** The pages of the settings. */
export function PageList({ shown, without, onChoose }: PageListProps): ReactNode {
  const text = useText()
  return (
    <ul className={styles['list']}>
      {pages
        .filter(([page]) => page !== without)
        .map(([page, icon]) => (
          <li key={page}>
            <Button
              className={styles['entry'] ?? ''}
              onPress={() => onChoose(page)}
              {...(page === shown ? { 'aria-current': 'page' as const } : {})}
            >
              <Icon icon={icon} size={18} />
              {text(`settings.page.${page}`)}
            </Button>
          </li>
        ))}
    </ul>
  )
}
