/**
 * `Word` if it is a literal or a union of literals such as `'http' | 'https'`, otherwise `never`. `string`, branded
 * strings and template literals are no words: they could carry an id or an address. Spec 70 §4.
 */
export type ClosedWord<Word extends string> = [Word] extends [never]
  ? never
  : NoFields extends Record<Word, 1>
    ? never
    : Word

/**
 * No members: the fields of an event that has none. In `ClosedWord` a record by literals has members that this lacks, and
 * one by anything else is an index, which this fits.
 */
export type NoFields = Readonly<Record<never, never>> // oxlint-disable-line typescript/no-generated-empty-object-type

/** What a field of a log line may be: a number, a flag, or one word of a closed list. */
type LogField<Field> = [Field] extends [number | boolean]
  ? Field
  : ClosedWord<Extract<Field, string>> | Extract<Field, number | boolean>

/**
 * Events and their fields, each field checked: used as `Events extends ClosedEvents<Events>`. A field that is an open
 * `string` turns into `never`, and so does one that is named like a part of every line.
 */
export type ClosedEvents<Events> = {
  readonly [Event in keyof Events]: {
    readonly [Name in keyof Events[Event]]: Name extends 'at' | 'level' | 'event'
      ? never
      : LogField<Events[Event][Name]>
  }
}

/** Longest word that is written. */
const maxWordLength = 40

/**
 * Whether a text looks like one of our own words: letters and digits in lower case, joined by hyphens or dots. The types
 * keep other strings out; this catches what a cast let through. Addresses, ids and hashes do not pass.
 */
export function isWord(text: string): boolean {
  return text.length <= maxWordLength && /^[a-z][a-z0-9]*(?:[.-][a-z0-9]+)*$/.test(text)
}
