import { migrations } from '../../src/store/migrations/index.ts'
import { migrate } from '../../src/store/migrations/migrate.ts'
import { type SqlDatabase } from '../../src/store/sql.ts'
import { openPlainDatabase } from './plain-database.ts'

const own = '05'.padEnd(66, 'a')
const peer = '05'.padEnd(66, 'b')
const born = 1_767_225_600_000

const origin = `CREATE TABLE account_origin (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  seed BLOB NOT NULL CHECK (length(seed) = 16),
  name TEXT,
  created_at INTEGER NOT NULL,
  restored INTEGER NOT NULL
) STRICT`

/** A little of everything that the first schema has: later ones have it too. */
const contents = [
  `INSERT INTO account_origin VALUES (1, x'000102030405060708090a0b0c0d0e0f', 'Fixture', ${born}, 0)`,
  `INSERT INTO account (id, account_id, last_sent_at) VALUES (1, '${own}', ${born + 1000})`,
  `INSERT INTO profile (id, name, updated_at_seconds) VALUES (1, 'Fixture', ${born / 1000})`,
  `INSERT INTO settings (name, value) VALUES ('example', 'true')`,
  `INSERT INTO contacts (id, name, approved, approved_me, created_at_seconds)
  VALUES ('${peer}', 'Peer', 1, 1, ${born / 1000})`,
  `INSERT INTO conversations (id, kind, created_at, last_activity_at)
  VALUES ('${peer}', 'contact', ${born}, ${born + 2000})`,
  ...messages(),
  `INSERT INTO reactions (message, sender, emoji, sent_at) VALUES (2, '${own}', '👍', ${born + 3000})`,
  `INSERT INTO receipts (message, reader, read_at) VALUES (1, '${peer}', ${born + 3000})`,
  `INSERT INTO seen (owner, hash, until) VALUES ('${own}', '${'h'.repeat(43)}', ${born + 2_592_000_000})`,
  `INSERT INTO raw_messages (owner, namespace, hash, stored_at, network_expiry, received_at, reason, data)
  VALUES ('${own}', 0, '${'r'.repeat(43)}', ${born}, ${born + 1_209_600_000}, ${born}, 'newer', x'000203')`,
  `INSERT INTO cursors (owner, namespace, member, hash, updated_at)
  VALUES ('${own}', 0, '${'c'.repeat(64)}', '${'h'.repeat(43)}', ${born})`,
  ...outbox(),
  `INSERT INTO jobs (name, key, due_at, payload) VALUES ('housekeeping', '', ${born + 21_600_000}, 'null')`,
  `INSERT INTO journal (namespace, subject, field, value, decided_at) VALUES (2, '', 'n', '"Fixture"', ${born})`,
  `INSERT INTO configs (owner, namespace, dump, seqno, updated_at) VALUES ('${own}', 2, x'00', '1', ${born})`,
]

/**
 * A store as the steps up to this one make it, as SQL: what it is made of without comments, and a few rows. Full text makes
 * its own tables and is filled by triggers.
 */
export function storeAsText(version: number): string {
  const database = openPlainDatabase()
  migrate(database, born, migrations.slice(0, version))
  const versions = migrations.slice(0, version).map(step => `(${step.version}, ${born})`)
  const statements = [
    origin,
    ...schemaOf(database),
    `INSERT INTO schema_versions (version, applied_at) VALUES ${versions.join(', ')}`,
    ...contents,
  ]
  return statements.map(sql => `${sql};\n`).join('')
}

/** What a database is made of, without comments and the tables that full text makes: tables first, triggers last. */
export function schemaOf(database: SqlDatabase): readonly string[] {
  const rows = database.prepare(`SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name != 'account_origin'
    AND name NOT LIKE 'sqlite_%' AND NOT (type = 'table' AND name LIKE 'message_text_%')
    ORDER BY CASE type WHEN 'table' THEN 0 WHEN 'index' THEN 1 ELSE 2 END, rowid`)
  return rows.all().map(({ sql }) =>
    String(sql)
      .replaceAll(/^\s*--.*$/gm, '')
      .replaceAll(/\n\s*\n/g, '\n'),
  )
}

function messages(): readonly string[] {
  const insert = (columns: string): string => `INSERT INTO messages
  (conversation, sent_at, sender, digest, outgoing, kind, state, received_at, body, unread) VALUES ('${peer}', ${columns})`
  const digest = (digits: string): string => `x'${digits.repeat(16)}'`
  return [
    insert(`${born + 1000}, '${own}', ${digest('01')}, 1, 'text', 'queued', ${born + 1000}, 'hello there', 0`),
    insert(`${born + 2000}, '${peer}', ${digest('02')}, 0, 'text', 'received', ${born + 2000}, 'hello yourself', 1`),
    insert(`${born + 2001}, '${peer}', ${digest('')}, 0, 'request-accepted', 'received', ${born + 2001}, NULL, 0`),
  ]
}

function outbox(): readonly string[] {
  const insert = (columns: string): string => `INSERT INTO outbox
  (lane, owner, namespace, kind, copy, message, after, data, hash, ttl_ms, created_at, expires_at) VALUES (${columns})`
  const times = `1209600000, ${born + 1000}, ${born + 1_209_601_000}`
  return [
    insert(`'to:${peer}', '${peer}', 0, 'message', 0, 1, NULL, x'0102', '${'s'.repeat(43)}', ${times}`),
    insert(`'copy:${peer}', '${own}', 0, 'message', 1, 1, 1, x'0103', '${'t'.repeat(43)}', ${times}`),
  ]
}
