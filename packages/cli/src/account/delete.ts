import { type Command } from '../command.ts'
import { sessionHelp } from '../messenger/session-options.ts'

/** `sotto account delete` */
export const deleteAccount: Command = {
  name: 'account delete',
  synopsis: '[--everywhere] [--yes]',
  summary: 'Deletes an account from this machine',
  help: `Destroys its keys and its database. With its recovery words it can be brought back; what others have stays with them.

  --everywhere             first deletes everything of it that the network still keeps
  --yes                    asks nothing
${sessionHelp}`,
  run: async (args, ports) => (await import('./run-delete.ts')).runDelete(args, ports),
}
