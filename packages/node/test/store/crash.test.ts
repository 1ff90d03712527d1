import { type RandomBytes } from '@sotto/protocol/crypto'
import { randomBelow, seededRandom } from '@sotto/testing'
import { sample } from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { type NodeStore, type NodeStoreError } from '../../src/index.ts'
import { anyHistory, observe, perform, type Step, timed } from './histories.ts'
import { openLocalStore } from './local-store.ts'
import { ModelStore } from './model-store.ts'
import { message, NOW, testLimits, wholeRing } from './samples.ts'
import { type DiskFault, FaultyDisk } from './wasm/faulty-disk.ts'
import { openWasmStore, WasmSqlite } from './wasm/wasm-store.ts'

/** Steps that are asked for in one turn, and so committed together. */
type Group = readonly { readonly step: Step; readonly now: number }[]

const slow = 600_000
let sqlite: WasmSqlite
beforeAll(async () => {
  sqlite = await WasmSqlite.load(new FaultyDisk())
})

const open = (disk: FaultyDisk): Promise<NodeStore> => openWasmStore(sqlite, disk, testLimits)

/** A history in groups of one to three steps. */
function groupsOf(seed: number): readonly Group[] {
  const random = seededRandom(seed)
  const steps = sample(anyHistory, { numRuns: 5, seed })
    .flatMap(history => timed(history))
    .slice(0, 60)
  const groups: Group[] = []
  for (let at = 0; at < steps.length; at += groups.at(-1)?.length ?? 1) {
    groups.push(steps.slice(at, at + 1 + randomBelow(random, 3)))
  }
  return groups
}

/** Does a group in one turn. Whether all of it was answered. */
async function performGroup(store: NodeStore, group: Group): Promise<boolean> {
  const results = await Promise.allSettled(group.map(({ step, now }) => perform(store, step, now)))
  const failed = results.filter(({ status }) => status === 'rejected')
  expect([0, results.length]).toContain(failed.length)
  return failed.length === 0
}

const endOf = (groups: readonly Group[]) => groups.at(-1)?.at(-1)?.now ?? NOW

/** What has to be seen after the first groups and a restart. */
async function expectedAfter(groups: readonly Group[], end: number): Promise<unknown> {
  const model = new ModelStore()
  for (const group of groups) for (const { step, now } of group) await perform(model, step, now)
  await model.restart()
  return observe(model, end)
}

/** Opens a disk as it is found, looks, and closes. */
async function found(disk: FaultyDisk, end: number): Promise<unknown> {
  const store = await open(disk)
  const seen = await observe(store, end)
  await store.close()
  return seen
}

describe('power cuts', () => {
  test.for([1, 2, 3])(
    'at any action: what was answered is there, unaltered, and nothing is half done; history %i',
    { timeout: slow },
    async seed => {
      const groups = groupsOf(seed)
      const end = endOf(groups)
      const expected = await Promise.all(
        [...groups.keys(), groups.length].map(at => expectedAfter(groups.slice(0, at), end)),
      )
      const total = await countActions(groups)
      for (let cut = 1 + (seed % 7); cut <= total; cut += 7) {
        const { disk, answered } = await runUntilCut(groups, cut)
        const seen = await found(disk.afterPowerCut(seededRandom(cut)), end)
        // The group that was being committed may have made it to the disk without having been answered.
        expect([expected[answered], expected[answered + 1]], `cut at ${cut}`).toContainEqual(seen)
      }
    },
  )

  test('the test would notice: without full syncs answered messages are lost', async () => {
    const disk = new FaultyDisk()
    const store = await openLocalStore(sqlite.connect(disk, testLimits, 'normal'), testLimits)
    await store.store({ message: message(), now: NOW })
    const losses: boolean[] = []
    for (let seed = 0; seed < 10; seed++) {
      const again = await open(disk.afterPowerCut(seededRandom(seed)))
      losses.push(again.getExpiries(message().owner, [message().hash], NOW).size === 0)
      await again.close()
    }
    expect(losses).toContain(true)
    await store.close()
  })

  async function countActions(groups: readonly Group[]): Promise<number> {
    const disk = new FaultyDisk()
    const store = await open(disk)
    for (const group of groups) expect(await performGroup(store, group)).toBe(true)
    const { actions } = disk
    await store.close()
    expect(actions).toBeGreaterThan(groups.length)
    return actions
  }

  async function runUntilCut(
    groups: readonly Group[],
    cut: number,
  ): Promise<{ readonly disk: FaultyDisk; readonly answered: number }> {
    const disk = new FaultyDisk()
    disk.cutPowerAt(cut)
    const store = await open(disk).catch(() => undefined)
    let answered = 0
    if (store !== undefined) {
      while (answered < groups.length && (await performGroup(store, groups[answered] ?? []))) answered += 1
      await store.close()
    }
    return { disk, answered }
  }
})

describe('a disk with faults', () => {
  test.for(['io', 'short', 'full'] as const)(
    'writes that fail now and then (%s) are answered with a typed error and have not happened; the rest goes on',
    { timeout: slow },
    async kind => {
      for (const seed of [11, 12, 13, 14]) {
        const groups = groupsOf(seed)
        const disk = new FaultyDisk()
        const store = await open(disk)
        disk.fault = faults(seededRandom(seed), kind)
        const done: Group[] = []
        for (const group of groups) if (await performGroup(store, group)) done.push(group)
        expect(done.length).toBeLessThan(groups.length)
        expect(done.length).toBeGreaterThan(0)
        disk.fault = () => undefined
        const model = new ModelStore()
        for (const group of done) for (const { step, now } of group) await perform(model, step, now)
        const end = endOf(groups)
        const withoutQueues = async (each: NodeStore) => ({
          ...((await observe(each, end)) as object),
          queued: undefined,
        })
        expect(await withoutQueues(store)).toEqual(await withoutQueues(model))
        await store.close()
      }
    },
  )

  /** One write in twelve. */
  function faults(random: RandomBytes, kind: DiskFault): FaultyDisk['fault'] {
    return action => (action === 'write' && randomBelow(random, 12) === 0 ? kind : undefined)
  }

  test('a full disk is a typed error, and the store goes on when there is space again', async () => {
    const disk = new FaultyDisk()
    const store = await open(disk)
    const kept = await fillUp(store, disk, 300_000)
    expect(kept).toBeGreaterThan(0)
    disk.capacity = Infinity
    const one = { message: message({ text: 'after' }), now: NOW }
    expect(await store.store(one)).toMatchObject({ kind: 'stored', already: false })
    expect(store.dump(wholeRing, { maxCount: 10_000, maxBytes: 10_000_000 }, NOW).messages).toHaveLength(kept + 1)
    await store.close()
    const again = await open(disk)
    expect(again.dump(wholeRing, { maxCount: 10_000, maxBytes: 10_000_000 }, NOW).messages).toHaveLength(kept + 1)
    await again.close()
  })

  /** Stores until it is refused; answers how many were kept. */
  async function fillUp(store: NodeStore, disk: FaultyDisk, more: number): Promise<number> {
    disk.capacity = more
    for (let count = 0; ; count++) {
      const request = { message: message({ text: `${count}`.padEnd(5000, '.') }), now: NOW }
      const error = await store.store(request).then(
        () => undefined,
        (error: NodeStoreError) => error,
      )
      if (error === undefined) continue
      expect(error.code).toBe('node-store.full')
      expect(error.sentence).toMatch(/room/)
      return count
    }
  }

  test('a sync that failed ends all writing; what was answered before is there after a restart', async () => {
    const disk = new FaultyDisk()
    const store = await open(disk)
    await store.store({ message: message({ text: 'answered' }), now: NOW })
    disk.fault = action => (action === 'sync' ? 'unsynced' : undefined)
    const lost = { message: message({ text: 'lost' }), now: NOW }
    await expect(store.store(lost)).rejects.toMatchObject({ code: 'node-store.unsynced' })
    disk.fault = () => undefined
    await expect(store.store(lost)).rejects.toMatchObject({ code: 'node-store.unsynced' })
    await store.close()
    const again = await open(disk.afterPowerCut(seededRandom(1)))
    const { hash } = message({ text: 'answered' })
    expect(again.getExpiries(message().owner, [hash], NOW).size).toBe(1)
    await again.close()
  })

  test('a disk that cannot be read is a typed error', async () => {
    const disk = new FaultyDisk()
    const store = await open(disk)
    for (let count = 0; count < 200; count++) {
      await store.store({ message: message({ owner: count % 3, text: `${count}`.padEnd(9000, '.') }), now: NOW })
    }
    await store.close()
    const again = await open(disk)
    disk.fault = action => (action === 'read' ? 'io' : undefined)
    const read = () => again.dump(wholeRing, { maxCount: 10_000, maxBytes: 10_000_000 }, NOW)
    expect(read).toThrow(expect.objectContaining({ code: 'node-store.io' }))
    disk.fault = () => undefined
    expect(read().messages).toHaveLength(200)
    await again.close()
  })

  test('what is no database is a typed error', async () => {
    const disk = new FaultyDisk()
    disk.create('store.db')
    disk.write('store.db', 0, new Uint8Array(8192).fill(0x41))
    await expect(open(disk)).rejects.toMatchObject({ code: 'database.corrupt' })
  })
})
