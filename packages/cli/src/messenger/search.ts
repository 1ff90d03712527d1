import { type Command } from '../command.ts'
import { sessionHelp } from './session-options.ts'

/** `sotto search` */
export const search: Command = {
  name: 'search',
  synopsis: 'TEXT [--in ID|NAME] [--best] [--limit N] [--json]',
  summary: 'Finds messages',
  help: `Finds those that hold all of the words, or words that begin so.

  --in ID|NAME             only in this conversation
  --best                   the best ones first, instead of the newest
  --limit N                how many; default 50
  --json                   prints an array instead
${sessionHelp}`,
  run: async (args, ports) => (await import('./run-search.ts')).runSearch(args, ports),
}
