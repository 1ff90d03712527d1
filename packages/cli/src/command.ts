import { type RandomBytes } from '@sotto/protocol/crypto'
import { type ReadStream, type WriteStream } from 'node:tty'
import { type LogOutput } from '@sotto/server'

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
   * Text for a message, from standard input: valid UTF-8, at most 64 KiB.
   * @throws {CliError} `cli.no-input`, `cli.too-much-input`
   */
  readonly readText: () => Promise<string>
  /** Where a person sits in front of this program; undefined in a script. */
  readonly terminal: Terminal | undefined
  /**
   * Waits until the program is told to end, then runs `end` and answers with the exit code. Rejects with the reason of
   * `broken` when that aborts, after `end`.
   */
  readonly untilTold: (end: () => Promise<void>, broken: AbortSignal) => Promise<number>
  /** Variables of the environment. */
  readonly env: Readonly<Record<string, string | undefined>>
  /**
   * Lets a server that has started run until the program is told to end, or until `ended` aborts; then stops it and ends the
   * process. A parent process that waits for it hears that the server is ready.
   */
  readonly serve: (server: Stoppable, log: LogOutput, ended?: AbortSignal) => Promise<never>
}

/** A keyboard and a screen. */
export interface Terminal {
  readonly input: ReadStream
  readonly output: WriteStream
}

/** What can be served. */
export interface Stoppable {
  /** Ends in good order; what is not done by the deadline is cut. */
  stop(deadlineMs: number): Promise<void>
}

/** One command of `sotto`. Every line ends in a line feed that is not part of the texts here. */
export interface Command {
  /** As typed: `account create`. */
  readonly name: string
  /** What may follow the name: `[--json]`. */
  readonly synopsis: string
  /** One line of the list of commands, without a full stop. */
  readonly summary: string
  /** What `sotto help` adds to the summary; a function where much has to be loaded to tell. */
  readonly help: string | (() => Promise<string>)
  /**
   * Answers with the exit code: 0, or 1 when what was asked is not so. Mistakes are thrown.
   * @throws {UsageError} for arguments that the command does not take
   * @throws {SottoError}
   */
  readonly run: (args: readonly string[], ports: CommandPorts) => Promise<number>
}
