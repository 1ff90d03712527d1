import { Plus } from 'lucide-react'
import { type ReactNode } from 'react'
import { anotherAccount, useAccountChoice } from '../app/account-choice.ts'
import { useAccount, useHomeQuery } from '../core/index.ts'
import { useText } from '../texts/index.ts'
import { Button, Dialog, Icon } from '../ui/index.ts'
import { AccountRow } from './account-row.tsx'
import styles from './accounts.module.css'

/** The accounts of this device, one press away from each other. */
export function AccountSwitcher({ onClose }: { readonly onClose: () => void }): ReactNode {
  const text = useText()
  const choice = useAccountChoice()
  const { slot: shown } = useAccount()
  const list = useHomeQuery('home.list') ?? []
  const choose = (slot: string): void => {
    onClose()
    if (slot !== shown) choice.choose(slot)
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={text('accounts.title')}
      actions={
        <Button onPress={() => choose(anotherAccount)}>
          <Icon icon={Plus} size={16} />
          {text('accounts.add')}
        </Button>
      }
    >
      <ul className={styles['list']} aria-label={text('accounts.title')}>
        {list.map(each => (
          <li key={each.slot}>
            <AccountRow account={each} isShown={each.slot === shown} onPress={() => choose(each.slot)} />
          </li>
        ))}
      </ul>
      <p className={styles['note']}>{text('accounts.note')}</p>
    </Dialog>
  )
}
