import { Bell, BellOff, Download, Eye, EyeOff, Images, Pencil, Pin, Timer } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { type ConversationView } from '@sotto/client'
import { useAccount, useAct, useQuery } from '../core/index.ts'
import { expiryText } from '../expiry/index.ts'
import { useNavigation } from '../navigation/index.ts'
import { IdCard } from '../profile/index.ts'
import { useText } from '../texts/index.ts'
import { ConfirmDialog, IconButton, Section, SettingsRow, Switch } from '../ui/index.ts'
import styles from './conversation-settings.module.css'
import { type Ending, endingWords } from './ending.ts'
import { Endings } from './endings.tsx'
import { muteText } from './mute-text.ts'
import { muteState } from './muting.ts'
import { type SettingsOf } from './settings-page.ts'
import { useEnd } from './use-end.ts'
import { useHide } from './use-hide.ts'
import { useNow } from './use-now.ts'

interface MainPageProps {
  readonly conversation: ConversationView
  /** What they call themselves. */
  readonly realName: string | undefined
  readonly onPage: (page: SettingsOf) => void
  readonly onClose: () => void
}

/** Who it is with, and all that can be done with the conversation as a whole. Spec 50 §5. */
export function MainPage({ conversation, realName, onPage, onClose }: MainPageProps): ReactNode {
  const text = useText()
  const isNotes = conversation.kind === 'self'
  const name = conversation.name ?? text('conversation-settings.notes')
  const [asked, setAsked] = useState<Ending>()
  const end = useEnd(conversation, onClose)
  const edit = (
    <IconButton
      icon={Pencil}
      size="small"
      label={text('conversation-settings.nickname.edit')}
      onPress={() => onPage('nickname')}
    />
  )
  return (
    <div className={styles['page']}>
      <IdCard
        account={conversation.id}
        name={name}
        realName={conversation.nickname === undefined ? undefined : realName}
        kind={isNotes ? 'self' : 'person'}
        idLabel={isNotes ? text('profile.id.own') : text('profile.id')}
        {...(isNotes ? {} : { action: edit })}
      />
      <Settings conversation={conversation} onPage={onPage} onClose={onClose} />
      <Endings conversation={conversation} onAsk={setAsked} />
      {asked !== undefined && (
        <ConfirmDialog
          isOpen
          onClose={() => setAsked(undefined)}
          title={text(endingWords[asked].title, { name })}
          confirm={{ label: text(endingWords[asked].confirm), tone: 'danger', onPress: async () => end(asked) }}
        >
          {isNotes ? text('conversation-settings.clear.body.notes') : text(endingWords[asked].body, { name })}
        </ConfirmDialog>
      )}
    </div>
  )
}

function Settings({ conversation, onPage, onClose }: Omit<MainPageProps, 'realName'>): ReactNode {
  const text = useText()
  const { client } = useAccount()
  const act = useAct()
  const now = useNow()
  const hide = useHide(conversation, onClose)
  const { showDetails } = useNavigation()
  const { id, kind, pinned, expiry, hidden, request } = conversation
  if (request === 'incoming') return null
  const isMuted = muteState(conversation, now) !== 'none'
  const pin = (next: boolean): void =>
    void act(async () => client.command('conversations.pin', { conversation: id, pinned: next }))
  return (
    <Section>
      <SettingsRow
        icon={Timer}
        label={text('expiry.title')}
        value={expiryText(text, expiry)}
        onPress={() => onPage('expiry')}
      />
      {kind !== 'self' && (
        <SettingsRow
          icon={isMuted ? BellOff : Bell}
          label={text('conversation-settings.notifications')}
          value={muteText(text, conversation, now)}
          onPress={() => onPage('notifications')}
        />
      )}
      <SettingsRow
        icon={Pin}
        label={text('conversation-settings.pin')}
        control={<Switch label={text('conversation-settings.pin')} labelHidden isSelected={pinned} onChange={pin} />}
      />
      <SettingsRow icon={Images} label={text('attachments.gallery')} onPress={() => showDetails({ kind: 'gallery' })} />
      {kind === 'contact' && <Downloads conversation={conversation} />}
      {kind === 'self' && (
        <SettingsRow
          icon={hidden ? Eye : EyeOff}
          label={hidden ? text('conversation-settings.show') : text('conversation-settings.hide')}
          description={hidden ? text('conversation-settings.show.about') : text('conversation-settings.hide.about')}
          isAction
          onPress={() => void hide()}
        />
      )}
    </Section>
  )
}

/** Whether what they send is fetched without asking. Spec 50 §3.9. */
function Downloads({ conversation: { id, name } }: Pick<MainPageProps, 'conversation'>): ReactNode {
  const text = useText()
  const act = useAct()
  const { client } = useAccount()
  const isTrusted = useQuery('contacts.trusts-downloads', { contact: id })
  const label = text('attachments.trust.setting')
  const change = (trusted: boolean): void =>
    void act(async () => client.command('contacts.trust-downloads', { contact: id, trusted }))
  return (
    <SettingsRow
      icon={Download}
      label={label}
      description={text('attachments.trust.setting.about', { name: name ?? '' })}
      control={<Switch label={label} labelHidden isSelected={isTrusted ?? false} onChange={change} />}
    />
  )
}
