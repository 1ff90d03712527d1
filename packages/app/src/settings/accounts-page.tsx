import { type ReactNode, useState } from 'react'
import { type HomeListing } from '@sotto/client/web'
import { AccountRow } from '../accounts/index.ts'
import { anotherAccount, useAccountChoice } from '../app/account-choice.ts'
import { useAccount, useAct, useHome, useHomeQuery } from '../core/index.ts'
import { useText } from '../texts/index.ts'
import { Button, Section, SettingsRow, TextField, useToasts } from '../ui/index.ts'
import styles from './settings.module.css'

/** Characters of a label, as the core counts them. */
const maxLabel = 64

/** The accounts of this device, and what this one is called while it is locked. */
export function AccountsPage({ onClose }: { readonly onClose: () => void }): ReactNode {
  const text = useText()
  const { slot } = useAccount()
  const choice = useAccountChoice()
  const list = useHomeQuery('home.list') ?? []
  const own = list.find(each => each.slot === slot)
  const choose = (next: string): void => {
    onClose()
    if (next !== slot) choice.choose(next)
  }
  return (
    <>
      <Section footnote={text('accounts.note')}>
        {list.map(each => (
          <AccountRow key={each.slot} account={each} isShown={each.slot === slot} onPress={() => choose(each.slot)} />
        ))}
        <SettingsRow label={text('accounts.add')} onPress={() => choose(anotherAccount)} />
      </Section>
      {own?.protection === 'passphrase' && <LabelSection key={own.hint} account={own} />}
    </>
  )
}

function LabelSection({ account }: { readonly account: HomeListing }): ReactNode {
  const text = useText()
  const home = useHome()
  const act = useAct()
  const toasts = useToasts()
  const [label, setLabel] = useState(account.hint ?? '')
  const save = async (): Promise<void> => {
    const hint = label.trim() === '' ? undefined : label.trim()
    if (await act(async () => home.setHint(account.slot, hint))) toasts.show({ text: text('accounts.label.saved') })
  }
  return (
    <Section isPadded>
      <TextField
        label={text('accounts.label')}
        description={text('accounts.label.description')}
        value={label}
        onChange={setLabel}
        onSubmit={() => void save()}
        maxLength={maxLabel}
        dir="auto"
      />
      <div className={styles['buttons']}>
        <Button size="small" isDisabled={label.trim() === (account.hint ?? '')} onPress={() => void save()}>
          {text('accounts.label.save')}
        </Button>
      </div>
    </Section>
  )
}
