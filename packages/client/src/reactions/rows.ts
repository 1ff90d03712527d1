import { numberOf, textOf } from '../store/columns.ts'
import { type Reader, type Tx } from '../store/store.ts'

/** One emoji of one sender at one message. */
export interface Reaction {
  /** The row in `messages`. */
  readonly message: number
  readonly sender: string
  readonly emoji: string
  /** Unix ms: of several changes of the same the newest counts. */
  readonly sentAt: number
}

/** The most emoji that one sender can have at one message; as many can have been taken away. */
const MAX_KINDS = 20

/** Puts a reaction there, unless something newer is known of it or the sender has too many. */
export function putReaction(tx: Tx, reaction: Reaction): void {
  if (isOutdated(tx, reaction) || isFull(tx, 'reactions', reaction)) return
  write(tx, 'reactions', reaction)
  erase(tx, 'removed_reactions', reaction)
}

/** Takes one away, unless something newer is known of it. It may not have come yet; it is remembered for that. */
export function takeReaction(tx: Tx, reaction: Reaction): void {
  if (isOutdated(tx, reaction)) return
  erase(tx, 'reactions', reaction)
  if (!isFull(tx, 'removed_reactions', reaction)) write(tx, 'removed_reactions', reaction)
}

/** Whether this sender has this emoji there. */
export function hasReaction(reader: Reader, { message, sender, emoji }: Omit<Reaction, 'sentAt'>): boolean {
  const sql = 'SELECT 1 FROM reactions WHERE message = ? AND sender = ? AND emoji = ?'
  return reader.get(sql, message, sender, emoji) !== undefined
}

/** The reactions to these messages: for each message in the order in which they came up. */
export function reactionsTo(reader: Reader, messages: readonly number[]): readonly Reaction[] {
  const sql = 'SELECT * FROM reactions WHERE message = ? ORDER BY sent_at, emoji, sender'
  return messages.flatMap(message =>
    reader.all(sql, message).map(row => ({
      message,
      sender: textOf(row, 'sender'),
      emoji: textOf(row, 'emoji'),
      sentAt: numberOf(row, 'sent_at'),
    })),
  )
}

/** Both have the same columns. */
type Table = 'reactions' | 'removed_reactions'

function isOutdated(reader: Reader, { message, sender, emoji, sentAt }: Reaction): boolean {
  const sql = `SELECT 1 FROM (SELECT * FROM reactions UNION ALL SELECT * FROM removed_reactions)
    WHERE message = ? AND sender = ? AND emoji = ? AND sent_at >= ?`
  return reader.get(sql, message, sender, emoji, sentAt) !== undefined
}

function isFull(reader: Reader, table: Table, { message, sender }: Reaction): boolean {
  const row = reader.get(`SELECT count(*) AS n FROM ${table} WHERE message = ? AND sender = ?`, message, sender)
  return row !== undefined && numberOf(row, 'n') >= MAX_KINDS
}

function write(tx: Tx, table: Table, { message, sender, emoji, sentAt }: Reaction): void {
  const sql = `INSERT OR REPLACE INTO ${table} (message, sender, emoji, sent_at) VALUES (?, ?, ?, ?)`
  tx.run(sql, message, sender, emoji, sentAt)
}

function erase(tx: Tx, table: Table, { message, sender, emoji }: Reaction): void {
  tx.run(`DELETE FROM ${table} WHERE message = ? AND sender = ? AND emoji = ?`, message, sender, emoji)
}
