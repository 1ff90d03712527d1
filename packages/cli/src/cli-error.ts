import { SottoError } from '@sotto/protocol/error'

/** What can go wrong around a command, whatever the command is. */
export type CliErrorCode =
  | 'cli.no-input'
  | 'cli.too-much-input'
  | 'cli.no-passphrase'
  | 'cli.no-terminal'
  | 'cli.no-account'
  | 'cli.which-account'
  | 'cli.no-network'
  | 'cli.unknown-person'
  | 'cli.which-person'
  | 'cli.unknown-message'
  | 'cli.passphrases-differ'
  | 'cli.locked'
  | 'cli.no-file'
  | 'cli.no-folder'

const sentences: Readonly<Record<CliErrorCode, string>> = {
  'cli.no-input': 'Nothing was given on standard input.',
  'cli.too-much-input': 'Far too much was given.',
  'cli.no-passphrase': 'The passphrase could not be read from there.',
  'cli.no-terminal': 'This needs a terminal. For scripts there is --json, or `sotto listen` and `sotto send`.',
  'cli.no-account': 'There is no such account here. `sotto account list` shows those that there are.',
  'cli.which-account': 'There are several accounts here. Say which one with --account.',
  'cli.unknown-person': 'Nobody is known by that name. An account id has 66 hex digits and begins with 05.',
  'cli.which-person': 'Several contacts have that name. Use the account id.',
  'cli.unknown-message': 'That message is not here.',
  'cli.passphrases-differ': 'The two passphrases are not the same. Nothing was done.',
  'cli.locked': 'The account was locked.',
  'cli.no-file': 'One of the files cannot be read.',
  'cli.no-folder': 'Files cannot be written to that folder.',
  'cli.no-network': 'No network is known. Start one with `sotto network up`, or name one with --registry and --signer.',
}

/** `detail.limitBytes` of `cli.too-much-input` is how much would have been read. */
export class CliError extends SottoError<CliErrorCode> {
  override readonly name = 'CliError'

  override get sentence(): string {
    return sentences[this.code]
  }
}
