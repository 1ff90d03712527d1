import { type Command } from '../command.ts'
import { sessionHelp } from './session-options.ts'

/** `sotto listen` */
export const listen: Command = {
  name: 'listen',
  synopsis: '[--json]',
  summary: 'Shows messages as they come, until it is interrupted',
  help: `Holds the account open: meanwhile other commands for it work through this one, and what they send goes out.
Shows what came since the last time first.

  --json                   prints one line for each message:
                           {"message", "hash", "conversation", "sender", "senderName", "sentAt", "kind", "body", "attachments", …}; \`sotto fetch\` saves the files
${sessionHelp}`,
  run: async (args, ports) => (await import('./run-listen.ts')).runListen(args, ports),
}
