import { SottoError } from '@sotto/protocol/error'
import { CodePlaces } from './code-places.ts'
import type { LogFields, LogLevel, LogOutput } from './log-output.ts'
import type { ClosedEvents } from './words.ts'

/** Fields may be left out where an event has none. */
type FieldsOf<Events, Event extends keyof Events> = keyof Events[Event] extends never
  ? readonly [fields?: Events[Event]]
  : readonly [fields: Events[Event]]

/**
 * Writes the events of one part of a program. `Events` lists them with their fields, which are numbers, flags and words
 * of closed lists; a `string` does not type-check, so that no id, address or text can be logged. Spec 70 §4.
 *
 *     interface Events { 'listener.started': { readonly port: number } }
 *     const log = new Log<Events>(output)
 *     log.info('listener.started', { port })
 */
export class Log<Events extends ClosedEvents<Events>> {
  readonly #output: LogOutput | undefined

  /** Without an output nothing is written: for tests and for parts used alone. */
  constructor(output?: LogOutput) {
    this.#output = output
  }

  /** Something ran that a person may have to look at soon: a request failed that should not have. */
  error<Event extends keyof Events & string>(event: Event, ...[fields]: FieldsOf<Events, Event>): void {
    this.#put('error', event, fields)
  }

  /** Something is not as it should be, and the program goes on. */
  warn<Event extends keyof Events & string>(event: Event, ...[fields]: FieldsOf<Events, Event>): void {
    this.#put('warn', event, fields)
  }

  /** A change of state: started, stopped, moved aside. */
  info<Event extends keyof Events & string>(event: Event, ...[fields]: FieldsOf<Events, Event>): void {
    this.#put('info', event, fields)
  }

  /** For finding mistakes; may be frequent. */
  debug<Event extends keyof Events & string>(event: Event, ...[fields]: FieldsOf<Events, Event>): void {
    this.#put('debug', event, fields)
  }

  /**
   * An error that was caught, under an event. Of a `SottoError` the code and the details are written, of others only the
   * kind; of both, where in our source they came from. Never the message, which may quote anything.
   */
  failure<Event extends keyof Events & string>(
    event: Event,
    cause: unknown,
    ...[fields]: FieldsOf<Events, Event>
  ): void {
    if (this.#output?.writes('error') === true) this.#put('error', event, { ...fields, ...describe(cause) })
  }

  #put(level: LogLevel, event: string, fields: LogFields | undefined): void {
    this.#output?.put(level, event, fields ?? {})
  }
}

/** Names of the language's and the platform's own errors; any other is just an `error`. */
const kinds: ReadonlyMap<string, string> = new Map([
  ['TypeError', 'type-error'],
  ['RangeError', 'range-error'],
  ['SyntaxError', 'syntax-error'],
  ['ReferenceError', 'reference-error'],
  ['AbortError', 'abort-error'],
  ['TimeoutError', 'timeout-error'],
  ['SqliteError', 'sqlite-error'],
])

function describe(cause: unknown): LogFields {
  if (!(cause instanceof Error)) return { kind: 'no-error' }
  const places = new CodePlaces(cause)
  if (cause instanceof SottoError) return { ...cause.detail, code: cause.code, places }
  return { kind: kinds.get(cause.name) ?? 'error', ...systemCode(cause), places }
}

/** `ECONNRESET` and its like, as `econnreset`. */
function systemCode(cause: Error): LogFields {
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : ''
  return /^E[A-Z0-9]{2,15}$/.test(code) ? { code: code.toLowerCase() } : {}
}
