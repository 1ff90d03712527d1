import { assert as assertProperty, asyncProperty } from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { anyHistory, observe, perform, timed } from './histories.ts'
import { ModelStore } from './model-store.ts'
import { testLimits } from './samples.ts'
import { FaultyDisk } from './wasm/faulty-disk.ts'
import { openWasmStore, WasmSqlite } from './wasm/wasm-store.ts'

let sqlite: WasmSqlite | undefined
beforeAll(async () => {
  sqlite = await WasmSqlite.load(new FaultyDisk())
})

test('whatever happens, SQLite and the model answer the same and hold the same', async () => {
  const property = asyncProperty(anyHistory, async history => {
    if (sqlite === undefined) throw new Error('not loaded')
    const model = new ModelStore()
    const store = await openWasmStore(sqlite, new FaultyDisk(), testLimits)
    try {
      for (const { step, now } of timed(history)) {
        expect(await perform(store, step, now)).toEqual(await perform(model, step, now))
      }
      const end = timed(history).at(-1)?.now ?? 0
      expect(await observe(store, end)).toEqual(await observe(model, end))
    } finally {
      await store.close()
    }
  })
  await assertProperty(property, { numRuns: 150 })
})
