import { readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { DatabaseKey } from '../../src/accounts/database-key.ts'
import { readRange } from '../../src/messages/range.ts'
import { type ConversationId } from '../../src/engine/conversation-id.ts'
import { storageUsage } from '../../src/storage/storage-usage.ts'
import { Store } from '../../src/store/store.ts'
import { WasmSqlite } from '../../src/web/sqlite/wasm-sqlite.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { nodeFiles } from '../web/node-files.ts'

const engine = dirname(createRequire(import.meta.url).resolve('@journeyapps/wa-sqlite/dist/mc-wa-sqlite.mjs'))

test('the engine of browsers counts and reads windows in the same way', async () => {
  const sqlite = await WasmSqlite.load(readFileSync(join(engine, 'mc-wa-sqlite.wasm')))
  const path = join(temporaryFolder(), 'messages.db')
  const store = Store.open(sqlite.open(nodeFiles(path), new DatabaseKey(new Uint8Array(32).fill(7))), 1)
  const sql = `INSERT INTO messages (conversation, sent_at, sender, digest, outgoing, kind, state, received_at, body)
    VALUES ('self', ?, 'self', ?, 1, 'text', 'sent', 1, 'Müsli')`
  store.write(tx => {
    for (let sentAt = 1; sentAt <= 9; sentAt++) tx.run(sql, sentAt, new Uint8Array(16))
  })
  const usage = store.read(reader => storageUsage(reader, 10))
  expect(usage).toMatchObject({ messages: 9, conversations: [{ conversation: 'self', messages: 9, textBytes: 54 }] })
  const conversation = 'self' as ConversationId
  const [from, to] = ['3', '6'].map(time => `${time}.self.${'00'.repeat(16)}`)
  const range = store.read(reader => readRange(reader, { conversation, from, to, limit: 3 }))
  expect(range.messages.map(({ sentAt }) => sentAt)).toEqual([3, 4, 5])
  expect([range.hasOlder, range.hasNewer]).toEqual([true, true])
  store.scrub()
  expect(statSync(path).size).toBe(usage.databaseBytes)
  store.close()
})
