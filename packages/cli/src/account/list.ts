import { type Command } from '../command.ts'

/** `sotto account list` */
export const listAccounts: Command = {
  name: 'account list',
  synopsis: '[--json]',
  summary: 'Lists the accounts of this machine',
  help: `Whose they are is inside their encrypted databases; what can be told is their folder's name, their hint and how they are
protected, and for those that are open in some process their account id.

  --home DIR   where accounts are kept; SOTTO_HOME says so as well
  --json       prints [{"account", "state", "protection", "hint", "accountId"}…] instead`,
  run: async (args, ports) => (await import('./run-list.ts')).runList(args, ports),
}
