import { type Command } from '../command.ts'
import { newPassphraseHelp } from './new-passphrase.ts'

/** `sotto account restore` */
export const restoreAccount: Command = {
  name: 'account restore',
  synopsis: '[--hint TEXT] [--no-passphrase] [--json]',
  summary: 'Brings an account back from its recovery words',
  help: `Asks for the 13 words, which do not appear while you type, or reads them from standard input:

  sotto account restore < words.txt

They are never given as arguments: other programs on the machine can see those, and shells remember them.

${newPassphraseHelp}
  --json                   prints {"account", "accountId"} instead`,
  run: async (args, ports) => (await import('./run-create.ts')).runRestore(args, ports),
}
