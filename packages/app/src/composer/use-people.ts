import { useMemo } from 'react'
import { type ConversationView } from '@sotto/client'
import { useAccount, useQuery } from '../core/index.ts'
import { useText } from '../texts/index.ts'
import { type Mentionable } from './people.ts'

const englishYou = 'you'

/** Who can be mentioned in a conversation: oneself first, then the other person. */
export function usePeople({ id, name, kind }: ConversationView): readonly Mentionable[] {
  const { accountId } = useAccount()
  const own = useQuery('account.get')?.name
  const contact = useQuery('contacts.get', { contact: id })
  const text = useText()
  return useMemo(() => {
    const you = text('composer.you')
    const self: Mentionable = {
      account: accountId,
      name: own ?? you,
      words: [own, you, englishYou].filter(word => word !== undefined),
    }
    if (kind === 'self') return [self]
    const other: Mentionable = {
      account: id,
      name: name ?? id,
      words: [name, contact?.name, contact?.nickname].filter(word => word !== undefined),
    }
    return [self, other]
  }, [accountId, contact, id, kind, name, own, text])
}
