import { Plus } from 'lucide-react'
import { type ReactNode } from 'react'
import { type HomeListing } from '@sotto/client/web'
import { AccountRow } from '../accounts/index.ts'
import { anotherAccount } from '../app/account-choice.ts'
import { useText } from '../texts/index.ts'
import { SettingsRow } from '../ui/index.ts'
import styles from './lock.module.css'

interface OtherAccountsProps {
  readonly others: readonly HomeListing[]
  readonly onChoose: (slot: string) => void
}

/** The ways round a locked account: the others of this device, and a new one. */
export function OtherAccounts({ others, onChoose }: OtherAccountsProps): ReactNode {
  const text = useText()
  return (
    <section className={styles['others']} aria-label={text('lock.others')}>
      {others.map(each => (
        <AccountRow key={each.slot} account={each} onPress={() => onChoose(each.slot)} />
      ))}
      <SettingsRow icon={Plus} label={text('lock.add')} isAction onPress={() => onChoose(anotherAccount)} />
    </section>
  )
}
