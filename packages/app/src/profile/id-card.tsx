import { type ReactNode, useState } from 'react'
import { useText } from '../texts/index.ts'
import { Avatar, CopyField, LinkButton, QrCode } from '../ui/index.ts'
import styles from './profile.module.css'

/** `name` is what they are called here, `realName` what they call themselves where that is something else. */
export interface IdCardProps {
  readonly account: string
  readonly name: string
  readonly realName?: string | undefined
  readonly kind?: 'person' | 'self'
  /** What the id is called: one's own, or another's. */
  readonly idLabel: string
  /** Beside the name, as a pencil. */
  readonly action?: ReactNode
}

/** Who somebody is: a picture, or the id as a code to scan; the name; the id to copy. */
export function IdCard({ account, name, realName, kind = 'person', idLabel, action }: IdCardProps): ReactNode {
  const text = useText()
  const [showsCode, setShowsCode] = useState(false)
  return (
    <div className={styles['card']}>
      <div className={styles['picture']}>
        {showsCode ? (
          <QrCode text={account} label={text('profile.code.label', { name })} size={192} />
        ) : (
          <Avatar id={account} name={name} size={96} kind={kind} />
        )}
      </div>
      <div className={styles['names']}>
        <p className={styles['name']}>
          <bdi>{name}</bdi>
          {action}
        </p>
        {realName !== undefined && (
          <p className={styles['real']}>{text.rich('profile.calls-themselves', { name: <bdi>{realName}</bdi> })}</p>
        )}
      </div>
      <LinkButton onPress={() => setShowsCode(!showsCode)}>
        {showsCode ? text('profile.code.hide') : text('profile.code.show')}
      </LinkButton>
      <div className={styles['id']}>
        <CopyField value={account} label={idLabel} mono />
      </div>
    </div>
  )
}
