import type { TextKey } from '../texts/index.ts'

/** What ends something, and is asked about before. */
export type Ending = 'block' | 'clear' | 'delete-conversation' | 'delete-contact'

/** The words of a question and of what came of it. `{name}` is the conversation. */
export interface EndingWords {
  readonly title: TextKey
  readonly body: TextKey
  readonly confirm: TextKey
  readonly done: TextKey
}

/** What each one does, said before it is done: a deleted conversation keeps the contact, a deleted contact is a stranger. */
export const endingWords: Readonly<Record<Ending, EndingWords>> = {
  block: {
    title: 'conversation-settings.block.title',
    body: 'conversation-settings.block.body',
    confirm: 'conversation-settings.block',
    done: 'conversation-settings.block.done',
  },
  clear: {
    title: 'conversation-settings.clear.title',
    body: 'conversation-settings.clear.body',
    confirm: 'conversation-settings.clear',
    done: 'conversation-settings.clear.done',
  },
  'delete-conversation': {
    title: 'conversation-settings.delete.title',
    body: 'conversation-settings.delete.body',
    confirm: 'conversation-settings.delete',
    done: 'conversation-settings.delete.done',
  },
  'delete-contact': {
    title: 'conversation-settings.delete-contact.title',
    body: 'conversation-settings.delete-contact.body',
    confirm: 'conversation-settings.delete-contact',
    done: 'conversation-settings.delete-contact.done',
  },
}
