import { query, type QueryTable } from '../engine/calls.ts'
import { type Feature } from '../engine/feature.ts'
import { findConversations, type FoundConversation } from './find-conversations.ts'
import { findMessages, type FoundMessage } from './find-messages.ts'

/** What can be looked for. Whatever was typed is taken: signs in it have no meaning. */
export interface SearchQueries {
  /**
   * Messages that hold all of the words, or words that begin so; case and accents do not count. In writing without spaces:
   * that hold the text, among the newest 20,000. In one conversation what comes is what one goes back and forth in. `limit` is 1
   * to 1,000, by default 50.
   */
  'search.messages'(args: {
    text: string
    conversation?: string
    order?: 'newest' | 'best'
    limit?: number
  }): readonly FoundMessage[]
  /** Conversations and people by id, name or nickname. `selfNames` is what notes to self are called, by default nothing. */
  'search.conversations'(args: {
    text: string
    selfNames?: readonly string[]
    limit?: number
  }): readonly FoundConversation[]
}

/** Nobody types more. */
const MAX_TEXT = 500
const MAX_FOUND = 1000
const DEFAULT_FOUND = 50

const orders = ['newest', 'best'] as const

const queries: QueryTable<SearchQueries> = {
  'search.messages': query(
    args => ({
      text: args.text('text', MAX_TEXT),
      conversation: args.optional('conversation', each => each.conversation('conversation')),
      order: args.optional('order', each => each.word('order', orders)) ?? ('newest' as const),
      limit: args.optional('limit', each => each.integer('limit', { min: 1, max: MAX_FOUND })) ?? DEFAULT_FOUND,
    }),
    (search, reader) => findMessages(reader, search),
  ),
  'search.conversations': query(
    args => ({
      text: args.text('text', MAX_TEXT),
      selfNames: args.optional('selfNames', each => each.list('selfNames', 10, name => name.text('value', 100))) ?? [],
      limit: args.optional('limit', each => each.integer('limit', { min: 1, max: MAX_FOUND })) ?? DEFAULT_FOUND,
    }),
    ({ limit, selfNames, text }, reader) => findConversations(reader, text, selfNames, limit),
  ),
}

/** Finding messages, conversations and people. Spec 50 §2.12. */
export const searchFeature: Feature = { name: 'search', queries }
