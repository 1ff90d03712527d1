import { type Command } from '../command.ts'
import { sessionHelp } from '../messenger/session-options.ts'

/** `sotto account show` */
export const showAccount: Command = {
  name: 'account show',
  synopsis: '[--words] [--json]',
  summary: 'Shows the id and name of an account, and its words if asked',
  help: `  --words                  shows the 13 recovery words as well; look around first
  --json                   prints {"accountId", "name", "recoveryPhrase"} instead
${sessionHelp}`,
  run: async (args, ports) => (await import('./run-show.ts')).runShow(args, ports),
}
