import { type Command } from '../command.ts'
import { newPassphraseHelp } from './new-passphrase.ts'

/** `sotto account create` */
export const createAccount: Command = {
  name: 'account create',
  synopsis: 'NAME [--hint TEXT] [--no-passphrase] [--json]',
  summary: 'Makes a new account and shows its recovery words',
  help: `NAME is what others see. An account is nothing but 16 random bytes, which 13 words say: nothing is sent to anybody, and
nobody is asked. It is kept on this machine, in an encrypted database.

${newPassphraseHelp}
  --json                   prints {"account", "accountId", "recoveryPhrase"} instead`,
  run: async (args, ports) => (await import('./run-create.ts')).runCreate(args, ports),
}
