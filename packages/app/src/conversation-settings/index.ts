export { ConversationSettings } from './conversation-settings.tsx'
