export { StartScreen } from './start-screen.tsx'
export { NewMessage } from './new-message.tsx'
export { Invite } from './invite.tsx'
