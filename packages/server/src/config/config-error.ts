import { SottoError } from '@sotto/protocol/error'

/** Codes of `ConfigError`; stable. */
export type ConfigErrorCode = 'config.bad-settings' | 'config.bad-file' | 'config.unreadable-file'

const sentences: Readonly<Record<ConfigErrorCode, string>> = {
  'config.bad-settings': 'Some settings cannot be used.',
  'config.bad-file': 'The configuration file is not a JSON object.',
  'config.unreadable-file': 'The configuration file cannot be read.',
}

/**
 * Settings that cannot be used. `problems` are all of them, each naming the setting and where it came from; they are for
 * the person who starts the program and may quote what that person wrote, but no secret.
 */
export class ConfigError extends SottoError<ConfigErrorCode> {
  override readonly name = 'ConfigError'
  readonly problems: readonly string[]

  constructor(code: ConfigErrorCode, problems: readonly string[] = [], options?: ErrorOptions) {
    super(code, { problems: problems.length }, options)
    this.problems = problems
  }

  override get sentence(): string {
    return [sentences[this.code], ...this.problems.map(problem => `  ${problem}`)].join('\n')
  }
}
