import { CliError } from '../cli-error.ts'
import { type CommandPorts } from '../command.ts'
import { UsageError } from '../usage-error.ts'
import {
  askPassphrase,
  givenPassphrase,
  type PassphraseChoice,
  passphraseOptions,
} from '../messenger/read-passphrase.ts'

/** Options of commands that make an account on this machine. */
export const newAccountOptions = {
  home: { type: 'string' },
  hint: { type: 'string' },
  json: { type: 'boolean' },
  'no-passphrase': { type: 'boolean' },
  ...passphraseOptions,
} as const

/** The help of those options. */
export const newPassphraseHelp = `  --hint TEXT              a name for the account in lists, readable for whoever has this disk
  --home DIR               where accounts are kept; SOTTO_HOME says so as well
  --passphrase-file FILE   the passphrase that is to protect it: the first line of a file,
  --passphrase-fd N        or of an open file descriptor. Without either it is asked for
  --no-passphrase          protects the database by a key that lies beside it, which helps only against a copied database`

/**
 * The passphrase for a new account; `undefined` where none is wanted. At a terminal it is asked for twice, and an empty
 * answer means none.
 * @throws {CliError} `cli.passphrases-differ`
 * @throws {UsageError} where nothing was chosen and nobody can be asked
 */
export async function newPassphrase(
  choice: PassphraseChoice & { readonly 'no-passphrase'?: boolean | undefined },
  ports: CommandPorts,
): Promise<Uint8Array | undefined> {
  const given = givenPassphrase(choice)
  if (choice['no-passphrase'] === true) {
    if (given !== undefined) throw new UsageError('--no-passphrase and a passphrase do not go together.')
    return undefined
  }
  if (given !== undefined) return given
  if (ports.terminal === undefined) {
    throw new UsageError('Say how the account is protected: --passphrase-file, --passphrase-fd or --no-passphrase.')
  }
  const first = await askPassphrase(ports, 'New passphrase (empty for none): ')
  if (first.length === 0) return undefined
  const second = await askPassphrase(ports, 'Once more: ')
  const areEqual = first.length === second.length && first.every((byte, at) => byte === second[at])
  second.fill(0)
  if (areEqual) return first
  first.fill(0)
  throw new CliError('cli.passphrases-differ')
}
