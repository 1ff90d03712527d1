import { type Arguments } from '../engine/arguments.ts'
import { textOf } from '../store/columns.ts'
import { type Reader, type Tx } from '../store/store.ts'

/** Choices of this device; other devices are not told of them. Spec 50 §9.2, §9.3, §9.5, §9.6. */
export interface ClientSettings {
  /** Say what was read, and hear it from others. */
  readonly readReceipts: boolean
  /** Say that one is writing, and see it of others. */
  readonly typingIndicators: boolean
  /** Show what others say of their links; nothing is ever fetched for it. */
  readonly linkPreviews: boolean
  readonly notifications: boolean
  /** How much a notification says. */
  readonly notificationContent: 'name-and-text' | 'name' | 'count'
  readonly notificationSound: boolean
  /** What the enter key does in a text that is being written. */
  readonly enterKey: 'sends' | 'new-line'
  readonly spellCheck: boolean
  /** Play the audio messages that follow the one that was played. */
  readonly autoPlayAudio: boolean
}

/** One setting: what holds where nothing was chosen, and what can be chosen. */
interface Choice<Value> {
  readonly initial: Value
  readonly read: (args: Arguments, name: string) => Value
  readonly takes: (value: unknown) => value is Value
}

const flag = (initial: boolean): Choice<boolean> => ({
  initial,
  read: (args, name) => args.flag(name),
  takes: value => typeof value === 'boolean',
})

const word = <Word extends string>(initial: Word, words: readonly Word[]): Choice<Word> => ({
  initial,
  read: (args, name) => args.word(name, words),
  takes: (value): value is Word => words.some(each => each === value),
})

const choices: { readonly [Name in keyof ClientSettings]: Choice<ClientSettings[Name]> } = {
  readReceipts: flag(false),
  typingIndicators: flag(false),
  linkPreviews: flag(true),
  notifications: flag(true),
  notificationContent: word('name-and-text', ['name-and-text', 'name', 'count']),
  notificationSound: flag(false),
  enterKey: word('sends', ['sends', 'new-line']),
  spellCheck: flag(true),
  autoPlayAudio: flag(false),
}

const names = Object.keys(choices) as readonly (keyof ClientSettings)[]

/** What holds of one setting. What another version of the program chose and this one does not know counts as not chosen. */
export function readSetting<Name extends keyof ClientSettings>(reader: Reader, name: Name): ClientSettings[Name] {
  const choice: Choice<ClientSettings[Name]> = choices[name]
  const row = reader.get('SELECT value FROM settings WHERE name = ?', name)
  const value: unknown = row && JSON.parse(textOf(row, 'value'))
  return choice.takes(value) ? value : choice.initial
}

/** All of them. */
export function readSettings(reader: Reader): ClientSettings {
  return {
    readReceipts: readSetting(reader, 'readReceipts'),
    typingIndicators: readSetting(reader, 'typingIndicators'),
    linkPreviews: readSetting(reader, 'linkPreviews'),
    notifications: readSetting(reader, 'notifications'),
    notificationContent: readSetting(reader, 'notificationContent'),
    notificationSound: readSetting(reader, 'notificationSound'),
    enterKey: readSetting(reader, 'enterKey'),
    spellCheck: readSetting(reader, 'spellCheck'),
    autoPlayAudio: readSetting(reader, 'autoPlayAudio'),
  }
}

/** Those settings that the arguments name. @throws {ClientError} `client.bad-arguments` */
export function parseSettings(args: Arguments): Partial<ClientSettings> {
  const given = names.filter(name => args.has(name))
  return Object.fromEntries(given.map(name => [name, choices[name].read(args, name)]))
}

/** Changes those that are given. */
export function writeSettings(tx: Tx, settings: Partial<ClientSettings>): void {
  for (const [name, value] of Object.entries(settings)) {
    tx.run('INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)', name, JSON.stringify(value))
  }
}
