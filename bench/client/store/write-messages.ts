import { createHash } from 'node:crypto'
import { type SqlDatabase, type SqlStatement } from '@sotto/client'
import { encodeHex } from '@sotto/protocol/encoding'
import { seededFractions, someText } from './words.ts'

/** Who is in a store. */
export interface StoreShape {
  readonly messages: number
  /** The conversation with a tenth of all messages, and how many these are. */
  readonly largest: string
  readonly inLargest: number
  /** One of the others. */
  readonly usual: string
}

const others = 900
const perTransaction = 20_000
const startAt = Date.UTC(2021, 0, 1)
/** Five years of messages. */
const spanMs = 5 * 365 * 86_400_000

interface Statements {
  readonly message: SqlStatement
  readonly contact: SqlStatement
  readonly conversation: SqlStatement
}

/** Fills a store that has its schema, in the order of time, so that conversations lie between each other as in life. */
export function writeMessages(database: SqlDatabase, own: string, messages: number): StoreShape {
  database.exec('PRAGMA cache_size = -262144')
  const people = Array.from({ length: others + 1 }, (_, at) => accountOf(at))
  const [largest = '', usual = ''] = people
  const statements = prepare(database)
  inTransaction(database, () => {
    for (const [at, id] of people.entries()) {
      statements.contact.run(id, `Friend ${at}`)
      statements.conversation.run(id, startAt, startAt + spanMs - at * 1000)
    }
  })
  const fraction = seededFractions(1)
  let inLargest = 0
  for (let first = 0; first < messages; first += perTransaction) {
    inTransaction(database, () => {
      for (let at = first; at < Math.min(messages, first + perTransaction); at++) {
        const conversation = at % 10 === 0 ? largest : (people[1 + Math.floor(fraction() * others)] ?? usual)
        if (conversation === largest) inLargest++
        const sentAt = startAt + Math.floor((at / messages) * spanMs)
        writeOne(statements.message, {
          own,
          conversation,
          sentAt,
          at,
          isOwn: fraction() < 0.5,
          body: someText(fraction),
        })
      }
    })
  }
  return { messages, largest, inLargest, usual }
}

function prepare(database: SqlDatabase): Statements {
  return {
    message: database.prepare(
      `INSERT INTO messages (conversation, sent_at, sender, digest, outgoing, kind, state, received_at, hash, body)
      VALUES (?, ?, ?, ?, ?, 'text', ?, ?, ?, ?)`,
    ),
    contact: database.prepare(
      'INSERT INTO contacts (id, name, approved, approved_me, created_at_seconds) VALUES (?, ?, 1, 1, 0)',
    ),
    conversation: database.prepare(
      "INSERT INTO conversations (id, kind, created_at, last_activity_at) VALUES (?, 'contact', ?, ?)",
    ),
  }
}

interface Written {
  readonly own: string
  readonly conversation: string
  readonly sentAt: number
  readonly at: number
  readonly isOwn: boolean
  readonly body: string
}

function writeOne(statement: SqlStatement, { own, conversation, sentAt, at, isOwn, body }: Written): void {
  const hash = createHash('sha256').update(String(at)).digest()
  statement.run(
    conversation,
    sentAt,
    isOwn ? own : conversation,
    new Uint8Array(hash.subarray(0, 16)),
    isOwn ? 1 : 0,
    isOwn ? 'sent' : 'received',
    sentAt + 100,
    hash.toString('base64').replace('=', ''),
    body,
  )
}

function inTransaction(database: SqlDatabase, run: () => void): void {
  database.exec('BEGIN IMMEDIATE')
  run()
  database.exec('COMMIT')
}

/** Nobody has the keys of these. */
function accountOf(at: number): string {
  return `05${encodeHex(new Uint8Array(createHash('sha256').update(`friend ${at}`).digest()))}`
}
