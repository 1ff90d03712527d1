import { type ReactNode, useState } from 'react'
import { NameField, useNameDraft } from '../accounts/index.ts'
import { useAccount, useAct, useQuery } from '../core/index.ts'
import { OwnPicture } from '../profile/index.ts'
import { useText } from '../texts/index.ts'
import { Button, CopyField, QrCode, Section, useToasts } from '../ui/index.ts'
import styles from './settings.module.css'

/** Who one is: the name that others see, and the id by which they find one. Spec 50 §9.1. */
export function ProfilePage(): ReactNode {
  const text = useText()
  const { accountId } = useAccount()
  const account = useQuery('account.get')
  const [showsCode, setShowsCode] = useState(false)
  if (account === undefined) return null
  const { name } = account
  return (
    <>
      <div className={styles['person']}>
        <OwnPicture name={name} />
        <p className={styles['personName']} dir="auto">
          {name ?? text('accounts.unnamed')}
        </p>
      </div>
      <Section isPadded>
        <NameForm key={name} name={name ?? ''} />
      </Section>
      <Section isPadded footnote={text('settings.profile.id.note')}>
        <CopyField value={accountId} label={text('settings.profile.id')} mono lines={3} />
        <div className={styles['buttons']}>
          <Button size="small" onPress={() => setShowsCode(!showsCode)}>
            {text(showsCode ? 'settings.profile.code.hide' : 'settings.profile.code.show')}
          </Button>
        </div>
        {showsCode && (
          <div className={styles['code']}>
            <QrCode text={accountId} label={text('settings.profile.code')} size={260} />
          </div>
        )}
      </Section>
    </>
  )
}

function NameForm({ name }: { readonly name: string }): ReactNode {
  const text = useText()
  const { client } = useAccount()
  const act = useAct()
  const toasts = useToasts()
  const { draft, edit, check } = useNameDraft(name)
  const save = async (): Promise<void> => {
    if (!draft.isFresh || !check()) return
    const isDone = await act(async () => client.command('account.set-name', { name: draft.name }))
    if (isDone) toasts.show({ text: text('settings.profile.saved') })
  }
  return (
    <>
      <NameField draft={draft} onChange={edit} onSubmit={() => void save()} />
      <div className={styles['buttons']}>
        <Button variant="primary" size="small" isDisabled={!draft.isFresh} onPress={() => void save()}>
          {text('settings.profile.save')}
        </Button>
      </div>
    </>
  )
}
