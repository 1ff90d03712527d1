export { ConversationList } from './conversation-list.tsx'
