import { type Command } from '../command.ts'
import { sessionHelp } from './session-options.ts'

/** `sotto contacts` */
export const contacts: Command = {
  name: 'contacts',
  synopsis: '[--blocked] [--nickname ID|NAME TEXT] [--block ID|NAME] [--unblock ID|NAME] [--json]',
  summary: 'Lists contacts, names them, blocks them',
  help: `  --nickname ID|NAME TEXT  what to call somebody; an empty TEXT takes it away
  --block ID|NAME          takes in nothing more of somebody
  --unblock ID|NAME        lets them in again
  --blocked                lists those who are blocked
  --json                   prints [{"id", "name", "nickname", …}…] instead
${sessionHelp}`,
  run: async (args, ports) => (await import('./run-contacts.ts')).runContacts(args, ports),
}
