import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '@sotto/server'
import { afterAll, beforeAll } from 'vitest'
import { nodeStoreMigrations } from '../../src/store/sql/schema.ts'
import { storeContract } from './contract.ts'
import { openLocalStore } from './local-store.ts'
import { ModelStore } from './model-store.ts'
import { testLimits } from './samples.ts'
import { FaultyDisk } from './wasm/faulty-disk.ts'
import { openWasmStore, WasmSqlite } from './wasm/wasm-store.ts'

let folder = ''
let files = 0
let sqlite: WasmSqlite | undefined

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-store-'))
  sqlite = await WasmSqlite.load(new FaultyDisk())
})
afterAll(() => rm(folder, { recursive: true }))

storeContract('the model', async () => new ModelStore())

storeContract('SQLite in wasm', async () => {
  if (sqlite === undefined) throw new Error('not loaded')
  return openWasmStore(sqlite, new FaultyDisk(), testLimits)
})

storeContract('better-sqlite3', async () => {
  const path = join(folder, `${files++}.db`)
  return openLocalStore(openDatabase(path, { migrations: nodeStoreMigrations, synchronous: 'normal' }), testLimits)
})
