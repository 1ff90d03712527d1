import { SottoError } from '@sotto/protocol/error'

/** What can go wrong around a command, whatever the command is. */
export type CliErrorCode = 'cli.no-input' | 'cli.too-much-input'

const sentences: Readonly<Record<CliErrorCode, string>> = {
  'cli.no-input': 'Nothing was given on standard input.',
  'cli.too-much-input': 'Far too much was given on standard input.',
}

/** `detail.limitBytes` of `cli.too-much-input` is how much would have been read. */
export class CliError extends SottoError<CliErrorCode> {
  override readonly name = 'CliError'

  override get sentence(): string {
    return sentences[this.code]
  }
}
