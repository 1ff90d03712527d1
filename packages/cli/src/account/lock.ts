import { type Command } from '../command.ts'
import { sessionHelp } from '../messenger/session-options.ts'

/** `sotto account lock` */
export const lockAccount: Command = {
  name: 'account lock',
  synopsis: '',
  summary: 'Locks an account that some process has open',
  help: `That process lets go of it: \`sotto listen\` ends. Exit code 1 if the account is not open.

${sessionHelp}`,
  run: async (args, ports) => (await import('./run-delete.ts')).runLock(args, ports),
}
