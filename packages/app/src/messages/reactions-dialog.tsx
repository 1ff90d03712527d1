import { type ReactNode } from 'react'
import { useQuery } from '../core/index.ts'
import { useText } from '../texts/index.ts'
import { Avatar, Button, Dialog } from '../ui/index.ts'
import { useMessages } from './messages-context.ts'
import styles from './reactions-dialog.module.css'

interface ReactionsDialogProps {
  readonly message: number
  readonly onClose: () => void
}

/** All kinds of reactions and who they are from; own ones can be taken away. Spec 50 §3.7. */
export function ReactionsDialog({ message: id, onClose }: ReactionsDialogProps): ReactNode {
  const text = useText()
  const { actions, formats, name, own } = useMessages()
  const message = useQuery('messages.get', { message: id })
  return (
    <Dialog isOpen onClose={onClose} title={text('messages.reactions')}>
      {message?.reactions.map(({ emoji, senders }) => (
        <section key={emoji} className={styles['kind']} aria-label={emoji}>
          <h3 className={styles['emoji']}>
            {emoji} <span className={styles['count']}>{formats.number(senders.length)}</span>
          </h3>
          <ul className={styles['people']}>
            {senders
              .toSorted((a, b) => Number(b === own) - Number(a === own))
              .map(sender => (
                <li key={sender} className={styles['person']}>
                  <Avatar id={sender} size={32} {...(sender === own ? {} : { name })} />
                  <bdi className={styles['name']}>{sender === own ? text('messages.reactions.you') : name}</bdi>
                  {sender === own && (
                    <Button
                      size="small"
                      variant="quiet"
                      label={text('messages.reactions.remove-label', { emoji })}
                      onPress={() => actions.react(message, emoji)}
                    >
                      {text('messages.reactions.remove')}
                    </Button>
                  )}
                </li>
              ))}
          </ul>
        </section>
      ))}
    </Dialog>
  )
}
