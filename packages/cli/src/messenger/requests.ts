import { type Command } from '../command.ts'
import { sessionHelp } from './session-options.ts'

/** `sotto requests` */
export const requests: Command = {
  name: 'requests',
  synopsis: '[--accept ID] [--decline ID] [--block ID] [--json]',
  summary: 'Lists message requests, accepts or declines them',
  help: `Strangers' messages wait here. Nothing is sent to them before you accept or answer: no receipt, no sign of life.

  --accept ID              lets somebody in, and tells them
  --decline ID             deletes what they wrote; they are told nothing
  --block ID               the same, and takes in nothing more of them
  --json                   prints [{"contact", "name", "lastActivityAt", "unreadCount"}…] instead
${sessionHelp}`,
  run: async (args, ports) => (await import('./run-requests.ts')).runRequests(args, ports),
}
