import { findContact, isRequest } from '../contacts/rows.ts'
import { type Arguments } from '../engine/arguments.ts'
import { command, type CommandTable, query, type QueryTable } from '../engine/calls.ts'
import { ClientError } from '../engine/client-error.ts'
import { type Feature } from '../engine/feature.ts'
import { messageOfRow, type MessageRow } from '../messages/rows.ts'
import { type MessageView, viewsOf } from '../messages/views.ts'
import { textOf } from '../store/columns.ts'
import { type Reader } from '../store/store.ts'

/** A message from somebody else that a reader has not acknowledged yet. */
export interface Arrival extends MessageView {
  /** Its sender waits to be accepted: answering does so. */
  readonly isRequest: boolean
}

/** What a reader has worked through. */
export interface ArrivalsCommands {
  /** What came up to this message is done with, for this reader. Going back is not possible. */
  'arrivals.acknowledge'(args: { reader: string; upTo: number }): void
}

/** What came from others, in the order in which it came: for programs that work through all of it. */
export interface ArrivalsQueries {
  /**
   * What this reader has not acknowledged, the first ones first; for a new reader, what is unread. `reader` is a name that the
   * caller chose, 1 to 32 lower-case letters, digits and dashes; `limit` is 1 to 100, by default 30.
   */
  'arrivals.list'(args: { reader: string; limit?: number }): readonly Arrival[]
}

const MAX_LIMIT = 100
const DEFAULT_LIMIT = 30

const commands: CommandTable<ArrivalsCommands> = {
  'arrivals.acknowledge': command(
    args => ({ reader: readerArgument(args), upTo: args.integer('upTo') }),
    ({ reader, upTo }, { store }) => {
      store.write(tx => {
        const before = markOf(tx, reader)
        if (before !== undefined && before >= upTo) return
        const sql =
          'INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value'
        tx.run(sql, settingOf(reader), JSON.stringify(upTo))
      })
    },
  ),
}

const queries: QueryTable<ArrivalsQueries> = {
  'arrivals.list': query(
    args => ({
      name: readerArgument(args),
      limit: args.optional('limit', each => each.integer('limit', { min: 1, max: MAX_LIMIT })) ?? DEFAULT_LIMIT,
    }),
    ({ name, limit }, reader, { own }) => {
      const views = viewsOf(reader, arrivedAfter(reader, markOf(reader, name), limit), own)
      return views.map(view => {
        const contact = findContact(reader, view.sender)
        return { ...view, isRequest: contact !== undefined && isRequest(contact) }
      })
    },
  ),
}

/** A way for programs to take each message once, across restarts. Where each one stands is kept among the settings. */
export const arrivalsFeature: Feature = { name: 'arrivals', commands, queries }

function arrivedAfter(reader: Reader, mark: number | undefined, limit: number): readonly MessageRow[] {
  const sql =
    mark === undefined
      ? "SELECT * FROM messages WHERE unread = 1 AND state = 'received' AND ? >= 0 ORDER BY id LIMIT ?"
      : "SELECT * FROM messages WHERE state = 'received' AND outgoing = 0 AND id > ? ORDER BY id LIMIT ?"
  return reader.all(sql, mark ?? 0, limit).map(messageOfRow)
}

function markOf(reader: Reader, name: string): number | undefined {
  const row = reader.get('SELECT value FROM settings WHERE name = ?', settingOf(name))
  const value: unknown = row && JSON.parse(textOf(row, 'value'))
  return typeof value === 'number' ? value : undefined
}

function settingOf(reader: string): string {
  return `arrivals.${reader}`
}

function readerArgument(args: Arguments): string {
  const reader = args.text('reader', 32)
  if (!/^[a-z0-9-]{1,32}$/.test(reader)) throw new ClientError('client.bad-arguments')
  return reader
}
