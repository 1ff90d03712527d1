import { type Answer, type Namespace, type RetrieveParams, type RetrieveReply } from '@sotto/protocol/storage'
import { believableMessages } from '../session/verified-reply.ts'
import { type NamespaceNews } from './watch-options.ts'

/** What a member answered to a list of retrieves. */
export interface Collected {
  /** Of namespaces that were answered. */
  readonly results: readonly NamespaceNews[]
  /** Namespaces that the member refused, and with which status. */
  readonly refused: readonly { readonly namespace: Namespace; readonly status: number }[]
  /** The member says that it does not serve the account. */
  readonly isWrongSwarm: boolean
}

/** Sorts the answers of a held retrieve or a batch. What is left out at the end counts as unanswered. */
export function collectNews(
  entries: readonly RetrieveParams[],
  answers: readonly Answer<'retrieve', RetrieveReply>[],
): Collected {
  const pairs = entries.flatMap((entry, at) => {
    const answer = answers[at]
    return answer === undefined ? [] : [{ entry, answer }]
  })
  return {
    results: pairs.flatMap(({ entry, answer }) => (answer.kind === 'reply' ? [newsOf(entry, answer.reply)] : [])),
    refused: pairs.flatMap(({ entry: { namespace }, answer }) =>
      answer.kind === 'refused' ? [{ namespace, status: answer.status }] : [],
    ),
    isWrongSwarm: pairs.some(({ answer }) => answer.kind === 'wrong-swarm'),
  }
}

/** Whether there is anything to deliver. */
export function isNews({ messages, cursor, reset }: NamespaceNews): boolean {
  return messages.length > 0 || cursor !== undefined || reset
}

function nothingNew({ namespace }: RetrieveParams): NamespaceNews {
  return { namespace, messages: [], reset: false, more: false }
}

function newsOf(entry: RetrieveParams, reply: RetrieveReply): NamespaceNews {
  const cursor = reply.messages.at(-1)?.hash
  // Nobody who is honest sends what was asked to be left out; it would be asked for again for ever.
  if (cursor !== undefined && cursor === entry.lastHash) return nothingNew(entry)
  const { messages } = believableMessages(entry, reply)
  const news = { namespace: entry.namespace, messages, reset: reply.reset === true, more: reply.more }
  return cursor === undefined ? news : { ...news, cursor }
}
