export { type Arrival, type ArrivalsCommands, type ArrivalsQueries } from './arrivals/arrivals-feature.ts'
export {
  type AccountCommands,
  type AccountQueries,
  type AccountView,
  type ConnectionView,
} from './account/account-feature.ts'
export { type ContactsCommands, type ContactsQueries, type ContactView } from './contacts/contacts-feature.ts'
export { type Contact } from './contacts/rows.ts'
export { type ConversationsCommands, type ConversationsQueries } from './conversations/conversations-feature.ts'
export { type ConversationRow, type ConversationView, type Preview } from './conversations/list.ts'
export { type ConversationKind } from './conversations/rows.ts'
export { ClientError, type ClientErrorCode } from './engine/client-error.ts'
export { type ConversationId, parseConversationId } from './engine/conversation-id.ts'
export { type ClientLimits, productionClientLimits } from './engine/limits.ts'
export { type ClientNetwork, MessengerClient } from './engine/messenger-client.ts'
export { type Commands, type Queries } from './features.ts'
export { type DeliveryInfo, type MessageInfo } from './messages/info.ts'
export { type Mention } from './messages/mentions.ts'
export { type MessagesCommands, type MessagesQueries } from './messages/messages-feature.ts'
export { type Page } from './messages/pages.ts'
export { type MessageKind, type MessageState } from './messages/rows.ts'
export { type ExpiryView, type MessageView, type QuoteView, type ReactionView } from './messages/views.ts'
export { openMessenger, type OpenMessengerOptions } from './open-messenger.ts'
export { type RequestRow, type RequestsCommands, type RequestsQueries } from './requests/requests-feature.ts'
export { type SqlChange, type SqlDatabase, type SqlRow, type SqlStatement, type SqlValue } from './store/sql.ts'
export { StoreError, type StoreErrorCode } from './store/store-error.ts'
export { TypedClient, type TypedListener } from './typed-client.ts'
