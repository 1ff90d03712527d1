import { type RandomBytes } from '@sotto/protocol/crypto'

/** What commands see of the world; `main.ts` builds the real one. */
export interface CommandPorts {
  readonly random: RandomBytes
  /** What was asked for, to standard output. Nothing else goes there, so that it can be piped on. */
  readonly print: (text: string) => void
  /** Words around it, to standard error: warnings, questions, mistakes. */
  readonly tell: (text: string) => void
  /**
   * Something that nobody should see. Asked for without echo at a terminal, else all of standard input.
   * @throws {CliError} `cli.no-input`, `cli.too-much-input`
   */
  readonly readSecret: (question: string) => Promise<string>
  /**
   * Aborts when the user or the system wants the program to end. From the first call on, that signal no longer ends it at
   * once; a second one does.
   */
  readonly untilTold: () => AbortSignal
}

/** One command of `sotto`. Every line ends in a line feed that is not part of the texts here. */
export interface Command {
  /** As typed: `account create`. */
  readonly name: string
  /** What may follow the name: `[--json]`. */
  readonly synopsis: string
  /** One line of the list of commands, without a full stop. */
  readonly summary: string
  /** What `sotto help` adds to the summary. */
  readonly help: string
  /**
   * Answers with the exit code: 0, or 1 when what was asked is not so. Mistakes are thrown.
   * @throws {UsageError} for arguments that the command does not take
   * @throws {SottoError}
   */
  readonly run: (args: readonly string[], ports: CommandPorts) => Promise<number>
}
