import { Bookmark, PenLine, Share2 } from 'lucide-react'
import { type ReactNode } from 'react'
import { useAccount, useAct, useQuery } from '../core/index.ts'
import { useNavigation } from '../navigation/index.ts'
import { useText } from '../texts/index.ts'
import { Avatar, PaneHeader } from '../ui/index.ts'
import { groupContacts } from './group-contacts.ts'
import { type Suggestion, useSuggestions } from './use-suggestions.ts'
import styles from './start.module.css'

/** What the plus leads to: a new conversation, by id or with somebody who is known. Spec 50 §2.7. */
export function StartScreen(): ReactNode {
  const text = useText()
  const { backToList, showLeft } = useNavigation()
  return (
    <section className={styles['pane']} aria-label={text('start.title')}>
      <PaneHeader title={text('start.title')} onBack={backToList} />
      <div className={styles['rows']}>
        <ul>
          <Action icon={<PenLine />} title={text('start.new-message')} onPress={() => showLeft('new-message')}>
            {text('start.new-message.body')}
          </Action>
          <Action icon={<Share2 />} title={text('start.invite')} onPress={() => showLeft('invite')}>
            {text('start.invite.body')}
          </Action>
        </ul>
        <Suggestions />
        <Contacts />
      </div>
    </section>
  )
}

/** Opens a conversation, also one that is hidden or not there yet. */
function useOpen(): (conversation: string) => void {
  const { client } = useAccount()
  const { openConversation } = useNavigation()
  const act = useAct()
  return conversation => {
    void act(async () => client.command('conversations.open', { conversation })).then(
      worked => worked && openConversation(conversation),
    )
  }
}

/** Bots beside a network on this machine, for whoever tries it out alone. */
function Suggestions(): ReactNode {
  const text = useText()
  const open = useOpen()
  const contacts = useQuery('contacts.list')
  const suggestions = useSuggestions().filter(({ id }) => contacts?.every(contact => contact.id !== id) === true)
  if (suggestions.length === 0) return null
  return (
    <section aria-label={text('start.suggestions')}>
      <h2>{text('start.suggestions')}</h2>
      <ul>
        {suggestions.map(({ id, name }: Suggestion) => (
          <Action key={id} icon={<Avatar id={id} name={name} size={44} />} title={name} onPress={() => open(id)}>
            {text('start.suggestion.echo')}
          </Action>
        ))}
      </ul>
    </section>
  )
}

function Contacts(): ReactNode {
  const text = useText()
  const open = useOpen()
  const { accountId } = useAccount()
  const contacts = useQuery('contacts.list')
  if (contacts === undefined) return null
  return (
    <section aria-label={text('start.contacts')}>
      <h2>{text('start.contacts')}</h2>
      <ul>
        <Action icon={<Bookmark />} title={text('start.self')} onPress={() => open(accountId)} />
      </ul>
      {contacts.length === 0 && <p className={styles['note']}>{text('start.contacts.empty')}</p>}
      {groupContacts(contacts, text.language).map(({ letter, contacts: members }) => (
        <div key={letter ?? '#'}>
          <h3>{letter ?? text('start.other')}</h3>
          <ul>
            {members.map(({ id, shownName }) => (
              <Action
                key={id}
                icon={<Avatar id={id} name={shownName} size={44} />}
                title={<bdi>{shownName}</bdi>}
                onPress={() => open(id)}
              />
            ))}
          </ul>
        </div>
      ))}
    </section>
  )
}

interface ActionProps {
  readonly icon: ReactNode
  readonly title: ReactNode
  readonly children?: ReactNode
  readonly onPress: () => void
}

function Action({ icon, title, children, onPress }: ActionProps): ReactNode {
  return (
    <li>
      <button type="button" className={styles['action']} onClick={onPress}>
        <span className={styles['icon']} aria-hidden="true">
          {icon}
        </span>
        <span className={styles['words']}>
          <span className={styles['name']}>{title}</span>
          {children !== undefined && <span className={styles['body']}>{children}</span>}
        </span>
      </button>
    </li>
  )
}
