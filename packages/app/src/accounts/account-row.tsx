import { type ReactNode } from 'react'
import { type HomeListing } from '@sotto/client/web'
import { useText } from '../texts/index.ts'
import { Avatar, Badge, ListRow } from '../ui/index.ts'
import { useAccountLabel } from './use-account-label.ts'
import { useUnread } from './use-unread.ts'

interface AccountRowProps {
  readonly account: HomeListing
  /** Of the account that this tab shows. */
  readonly isShown?: boolean
  readonly onPress: () => void
}

/** One account of this device in a list of them. */
export function AccountRow({ account, isShown = false, onPress }: AccountRowProps): ReactNode {
  const text = useText()
  const label = useAccountLabel(account)
  const unread = useUnread(account)
  return (
    <ListRow
      leading={<Avatar id={account.accountId ?? account.slot} name={label} size={44} />}
      title={label}
      subtitle={text(`accounts.state.${stateOf(account, isShown)}`)}
      trailing={<Badge count={unread} label={text('accounts.unread', { count: unread })} />}
      selected={isShown}
      strong={unread > 0}
      onPress={onPress}
    />
  )
}

function stateOf(
  { state, accountId, protection }: HomeListing,
  isShown: boolean,
): 'damaged' | 'shown' | 'open' | 'locked' | 'closed' {
  if (state === 'damaged') return 'damaged'
  if (accountId !== undefined) return isShown ? 'shown' : 'open'
  return protection === 'passphrase' ? 'locked' : 'closed'
}
