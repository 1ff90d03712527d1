import { accountFeature, type AccountCommands, type AccountQueries } from './account/account-feature.ts'
import { arrivalsFeature, type ArrivalsCommands, type ArrivalsQueries } from './arrivals/arrivals-feature.ts'
import { contactsFeature, type ContactsCommands, type ContactsQueries } from './contacts/contacts-feature.ts'
import {
  conversationsFeature,
  type ConversationsCommands,
  type ConversationsQueries,
} from './conversations/conversations-feature.ts'
import { type Feature } from './engine/feature.ts'
import { messagesFeature, type MessagesCommands, type MessagesQueries } from './messages/messages-feature.ts'
import { requestsFeature, type RequestsCommands, type RequestsQueries } from './requests/requests-feature.ts'

/** Every command: its name, arguments and result, all plain data. */
export interface Commands
  extends
    AccountCommands,
    ArrivalsCommands,
    ContactsCommands,
    ConversationsCommands,
    MessagesCommands,
    RequestsCommands {}

/** Every query: its name, arguments and result, all plain data. */
export interface Queries
  extends AccountQueries, ArrivalsQueries, ContactsQueries, ConversationsQueries, MessagesQueries, RequestsQueries {}

/**
 * Every part of the messenger. Who hears of a received content first stands first: whether its sender is let in, then that
 * there is such a person, then what they call themselves, then what they said.
 */
export const features: readonly Feature[] = [
  accountFeature,
  requestsFeature,
  contactsFeature,
  conversationsFeature,
  messagesFeature,
  arrivalsFeature,
]
