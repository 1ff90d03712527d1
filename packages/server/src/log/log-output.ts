import type { Clock } from '../clock/clock.ts'
import { CodePlaces } from './code-places.ts'
import { isWord } from './words.ts'

/** From the quietest to the chattiest. */
export type LogLevel = 'error' | 'warn' | 'info' | 'debug' | 'trace'

/** `json` is one object per line; `human` is for a person at a terminal. */
export type LogFormat = 'json' | 'human'

/** Every level, most important first: for settings. */
export const logLevels: readonly LogLevel[] = ['error', 'warn', 'info', 'debug', 'trace']

/** What fields have become by the time they are written. Strings have been checked to be words. */
export type LogFields = Readonly<Record<string, unknown>>

/** Where log lines go, and which. */
export interface LogOptions {
  readonly level: LogLevel
  readonly format: LogFormat
  readonly clock: Pick<Clock, 'now'>
  /** Gets whole lines with their line feed. */
  readonly write: (line: string) => void
}

/** Takes the lines of every `Log` of a process. */
export class LogOutput {
  readonly #threshold: number
  readonly #options: LogOptions

  constructor(options: LogOptions) {
    this.#options = options
    this.#threshold = logLevels.indexOf(options.level)
  }

  /** Whether lines of this level are written: asked before fields are put together at a cost. */
  writes(level: LogLevel): boolean {
    return logLevels.indexOf(level) <= this.#threshold
  }

  /** Writes a line if its level is wanted. Called by `Log`, whose types say what may come here. */
  put(level: LogLevel, event: string, fields: LogFields): void {
    if (!this.writes(level)) return
    const { format, clock, write } = this.#options
    const at = new Date(clock.now()).toISOString()
    const safe = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, safeValue(value)]))
    if (format === 'json') write(`${JSON.stringify({ at, level, event: safeValue(event), ...safe })}\n`)
    else write(`${at.slice(11, 23)} ${level.padEnd(5)} ${String(safeValue(event))}${humanFields(safe)}\n`)
  }
}

/** The last word about what reaches a line, whatever casts did before. */
function safeValue(value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value === 'boolean') return value
  if (typeof value === 'string' && isWord(value)) return value
  if (value instanceof CodePlaces) return value.places
  return 'withheld'
}

function humanFields(fields: LogFields): string {
  const shown = Object.entries(fields).map(
    ([name, value]) => `${name}=${Array.isArray(value) ? value.join(',') : String(value)}`,
  )
  return shown.length === 0 ? '' : ` ${shown.join(' ')}`
}
