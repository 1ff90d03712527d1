import { readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { DatabaseKey } from '../../src/accounts/database-key.ts'
import { findMessages } from '../../src/search/find-messages.ts'
import { Store } from '../../src/store/store.ts'
import { WasmSqlite } from '../../src/web/sqlite/wasm-sqlite.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { nodeFiles } from '../web/node-files.ts'

const engine = dirname(createRequire(import.meta.url).resolve('@journeyapps/wa-sqlite/dist/mc-wa-sqlite.mjs'))

test('the engine of browsers searches and cleans up in the same way', async () => {
  const sqlite = await WasmSqlite.load(readFileSync(join(engine, 'mc-wa-sqlite.wasm')))
  const path = join(temporaryFolder(), 'messages.db')
  const store = Store.open(sqlite.open(nodeFiles(path), new DatabaseKey(new Uint8Array(32).fill(7))), 1)
  const keep = (body: string, sentAt: number): void =>
    store.write(tx => {
      const sql = `INSERT INTO messages (conversation, sent_at, sender, digest, outgoing, kind, state, received_at, body)
        VALUES ('self', ?, 'self', ?, 1, 'text', 'sent', 1, ?)`
      tx.run(sql, sentAt, new Uint8Array(16), body)
    })
  keep('Das Müsli ist aus', 1)
  keep('明日の天気', 2)
  const find = (text: string, order: 'newest' | 'best'): readonly number[] =>
    store
      .read(reader => findMessages(reader, { text, conversation: undefined, limit: 10, order }))
      .map(({ sentAt }) => sentAt)
  expect(find('musl', 'newest')).toEqual([1])
  expect(find('ist das', 'best')).toEqual([1])
  expect(find('天気', 'newest')).toEqual([2])
  store.write(tx => tx.run('DELETE FROM messages WHERE sent_at = 1'))
  expect(find('musl', 'newest')).toEqual([])
  expect(store.read(reader => reader.get("SELECT due_at FROM jobs WHERE name = 'scrub'"))).toEqual({ due_at: 0 })
  expect(statSync(`${path}-wal`).size).toBeGreaterThan(0)
  store.scrub()
  expect(statSync(`${path}-wal`).size).toBe(0)
  store.close()
})
