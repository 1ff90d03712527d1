import { Lock, Plus, Settings, UserRound, Users } from 'lucide-react'
import { type ReactNode } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'
import { anotherAccount, useAccountChoice } from '../app/account-choice.ts'
import { useAccount, useAct, useHome, useHomeQuery, useQuery } from '../core/index.ts'
import { useNavigation } from '../navigation/index.ts'
import { useAccountsMark } from '../storage/index.ts'
import { useText } from '../texts/index.ts'
import { Avatar, Dot, Menu, type MenuItem, VisuallyHidden } from '../ui/index.ts'
import { useAnyUnread } from './use-unread.ts'
import styles from './accounts.module.css'

/** Who one is in this tab, and what can be done about that. */
export function AccountButton(): ReactNode {
  useAccountsMark()
  const text = useText()
  const { slot, accountId } = useAccount()
  const account = useQuery('account.get')
  const others = useHomeQuery('home.list')?.filter(each => each.slot !== slot) ?? []
  const isUnread = useAnyUnread(others)
  const items = useItems()
  const name = account?.name ?? text('accounts.unnamed')
  return (
    <Menu
      placement="bottom start"
      items={items}
      trigger={
        <AriaButton className={styles['button'] ?? ''}>
          <VisuallyHidden>{text(isUnread ? 'accounts.button.unread' : 'accounts.button', { name })}</VisuallyHidden>
          <Avatar id={accountId} size={44} {...(account?.name === undefined ? {} : { name: account.name })} />
          {isUnread && (
            <span className={styles['sign']}>
              <Dot />
            </span>
          )}
        </AriaButton>
      }
    />
  )
}

function useItems(): readonly MenuItem[] {
  const text = useText()
  const navigation = useNavigation()
  const choice = useAccountChoice()
  const home = useHome()
  const act = useAct()
  const { slot, accountId } = useAccount()
  const list = useHomeQuery('home.list') ?? []
  const isProtected = list.find(each => each.slot === slot)?.protection === 'passphrase'
  const items: (MenuItem | false)[] = [
    {
      id: 'profile',
      label: text('accounts.profile'),
      icon: UserRound,
      onAction: () => navigation.showModal({ kind: 'profile', account: accountId }),
    },
    {
      id: 'settings',
      label: text('accounts.settings'),
      icon: Settings,
      onAction: () => navigation.showModal({ kind: 'settings' }),
    },
    isProtected && {
      id: 'lock',
      label: text('accounts.lock'),
      icon: Lock,
      onAction: () => void act(async () => home.lock(slot)),
    },
    { separator: true },
    list.length > 1 && {
      id: 'switch',
      label: text('accounts.switch'),
      icon: Users,
      onAction: () => navigation.showModal({ kind: 'accounts' }),
    },
    { id: 'add', label: text('accounts.add'), icon: Plus, onAction: () => choice.choose(anotherAccount) },
  ]
  return items.filter(each => each !== false)
}
