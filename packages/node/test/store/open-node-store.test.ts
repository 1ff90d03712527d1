import { mkdtemp, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { NodeStoreError, openNodeStore } from '../../src/index.ts'
import { DAY, message, NOW, ownerNumber, peerNumber, testLimits, tokenNumber, wholeRing } from './samples.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-store-'))
})
afterAll(() => rm(folder, { recursive: true }))

const whole = { maxCount: 10_000, maxBytes: 100_000_000 }

test('writes cross to the thread and back, whatever they carry', async () => {
  const path = join(folder, 'cross.db')
  const { store, movedAside } = await openNodeStore({ path, limits: testLimits })
  expect(movedAside).toBeUndefined()
  const heard: number[] = []
  store.onInserted((_, namespace) => heard.push(namespace))
  const numbers = Array.from({ length: 200 }, (_, number) => number)
  const outcomes = await Promise.all(
    numbers.map(number =>
      store.store({
        message: message({ text: `${number}`.padEnd(number * 100), namespace: number % 7 }),
        now: NOW,
        peers: [peerNumber(1)],
      }),
    ),
  )
  expect(outcomes.every(outcome => outcome.kind === 'stored' && !outcome.already)).toBe(true)
  expect(heard).toEqual(numbers.map(number => number % 7))
  expect(store.dump(wholeRing, whole, NOW).messages).toHaveLength(200)
  const owner = ownerNumber(0)
  await store.revoke({ owner, tokens: [tokenNumber(1)], timestamp: NOW, now: NOW })
  expect(store.isRevoked(owner, tokenNumber(1))).toBe(true)
  const { deleted } = await store.deleteAll({ owner, scope: 'all', timestamp: NOW, now: NOW })
  expect([...deleted.values()].flat()).toHaveLength(200)
  const dump = store.dump(wholeRing, whole, NOW)
  expect([dump.messages.length, dump.tombstones.length]).toEqual([0, 200])
  expect(dump.messages.every(({ data }) => data.constructor === Uint8Array)).toBe(true)
  await store.close()
})

test('what comes back has no bytes of Node’s kind, and shares none', async () => {
  const { store } = await openNodeStore({ path: join(folder, 'bytes.db'), limits: testLimits })
  await store.store({ message: message({ text: 'abc' }), now: NOW })
  await store.setCursor(peerNumber(1), Uint8Array.of(1))
  await store.revoke({ owner: ownerNumber(0), tokens: [tokenNumber(1)], timestamp: NOW, now: NOW })
  const dump = store.dump(wholeRing, whole, NOW)
  const all = [dump.messages[0]?.data, dump.revocations[0]?.token, store.cursor(peerNumber(1))]
  expect(all.map(bytes => bytes?.constructor)).toEqual([Uint8Array, Uint8Array, Uint8Array])
  expect((await store.digest(wholeRing, NOW)).digest.constructor).toBe(Uint8Array)
  await store.close()
})

test('refusals keep their codes and leave nothing behind', async () => {
  const limits = { ...testLimits, maxInboxMessages: 2, maxInboxBytes: 5000, maxBytes: 3_000_000 }
  const { store } = await openNodeStore({ path: join(folder, 'limits.db'), limits })
  const keep = (text: string, namespace = 0, owner = 0) =>
    store.store({ message: message({ text, namespace, owner }), now: NOW })
  await keep('a')
  await keep('b')
  await expect(keep('c')).rejects.toMatchObject({ code: 'node-store.box-full' })
  await expect(keep('d'.repeat(5001), -10, 1)).rejects.toMatchObject({ code: 'node-store.box-full' })
  expect(await keep('a')).toMatchObject({ already: true })
  expect(await keep('c', 2)).toMatchObject({ already: false })
  let error: unknown
  for (let count = 0; error === undefined; count++) {
    error = await keep(`${count}`.padEnd(70_000), 2).then(
      () => undefined,
      (error: unknown) => error,
    )
  }
  expect(error).toBeInstanceOf(NodeStoreError)
  expect(error).toMatchObject({ code: 'node-store.full' })
  const { messages } = store.dump(wholeRing, whole, NOW)
  expect(messages.length).toBeGreaterThan(20)
  await expect(store.insertRecords([message({ text: 'e'.repeat(70_000), namespace: 2 })], NOW)).rejects.toMatchObject({
    code: 'node-store.full',
  })
  const { usedBytes, fileBytes, maxBytes } = store.usage()
  expect(usedBytes).toBeLessThanOrEqual(maxBytes)
  expect(fileBytes).toBeGreaterThanOrEqual(usedBytes)
  // Deletions are never refused, and make room.
  await store.deleteAll({ owner: ownerNumber(0), scope: 'all', timestamp: NOW, now: NOW })
  expect(await keep('again', 2)).toMatchObject({ kind: 'stored', already: false })
  await store.close()
})

test('the lists that only remember are cut to their limits', async () => {
  const limits = {
    ...testLimits,
    maxPositions: 5,
    maxTombstones: 4,
    maxExecuted: 3,
    maxQueuedPerPeer: 2,
    maxQueuedBytes: 10,
  }
  const { store } = await openNodeStore({ path: join(folder, 'lists.db'), limits })
  const owner = ownerNumber(0)
  for (let number = 0; number < 10; number++) {
    const { hash } = message({ text: `${number}` })
    await store.store({ message: message({ text: `${number}` }), now: NOW + number })
    const signature = new Uint8Array(64).fill(number)
    await store.deleteMessages({ owner, hashes: [hash], signature, now: NOW + number })
  }
  await store.sweep(NOW + 20)
  const known = Array.from({ length: 10 }, (_, number) => number).filter(number => {
    const after = message({ text: `${number}` }).hash
    return !store.retrieve(owner, message().namespace, { after, maxSize: 1000 }, NOW + 20).reset
  })
  expect(known).toEqual([5, 6, 7, 8, 9])
  expect(await store.statistics()).toMatchObject({ tombstones: 4 })
  const forward = { peers: [peerNumber(1)], body: new Uint8Array(4), until: NOW + DAY }
  const lost: number[] = []
  for (let number = 0; number < 4; number++) {
    const outcome = await store.expire({ owner, hashes: [], expiries: [NOW], now: NOW, forward })
    if (outcome.forward !== undefined) {
      lost.push(await store.land([{ forward: outcome.forward, unreached: forward.peers }]))
    }
  }
  expect(lost).toEqual([0, 0, 1, 1])
  await store.dropPeer(peerNumber(1))
  expect(store.queueLengths()).toEqual([])
  const large = await store.expire({
    owner,
    hashes: [],
    expiries: [NOW],
    now: NOW,
    forward: { ...forward, body: new Uint8Array(11) },
  })
  if (large.forward === undefined) throw new Error('no forward')
  expect(await store.land([{ forward: large.forward, unreached: forward.peers }])).toBe(1)
  await store.close()
})

test('revocations of accounts without messages make way when there are too many', async () => {
  const { store } = await openNodeStore({
    path: join(folder, 'revocations.db'),
    limits: { ...testLimits, maxRevocations: 3 },
  })
  const revoke = (owner: number, token: number) =>
    store.revoke({ owner: ownerNumber(owner), tokens: [tokenNumber(token)], timestamp: NOW + token, now: NOW })
  await store.store({ message: message(), now: NOW })
  await revoke(0, 1)
  await revoke(1, 2)
  await revoke(0, 3)
  await revoke(0, 4)
  expect(store.isRevoked(ownerNumber(1), tokenNumber(2))).toBe(false)
  expect([1, 3, 4].map(token => store.isRevoked(ownerNumber(0), tokenNumber(token)))).toEqual([true, true, true])
  await expect(revoke(1, 5)).rejects.toMatchObject({ code: 'node-store.full' })
  await store.close()
})

test('after a restart everything is there, and what was on its way waits', async () => {
  const path = join(folder, 'restart.db')
  const first = await openNodeStore({ path, limits: testLimits })
  await first.store.store({ message: message(), now: NOW, peers: [peerNumber(1), peerNumber(2)] })
  const digest = await first.store.digest(wholeRing, NOW)
  await first.store.close()
  await expect(first.store.store({ message: message(), now: NOW })).rejects.toMatchObject({ code: 'node-store.closed' })
  expect(() => first.store.usage()).toThrow(expect.objectContaining({ code: 'node-store.closed' }))
  const { store } = await openNodeStore({ path, limits: testLimits })
  expect(await store.digest(wholeRing, NOW)).toEqual(digest)
  expect(store.queueLengths()).toEqual([1, 2].map(number => ({ peer: peerNumber(number), count: 1 })))
  const [queued] = store.queued(peerNumber(1), whole, NOW)
  expect(queued).toMatchObject({ kind: 'message', record: message() })
  await store.close()
})

test('a damaged database is moved aside and begun anew', async () => {
  const path = join(folder, 'damaged.db')
  const { store } = await openNodeStore({ path, limits: testLimits })
  await store.store({ message: message({ text: 'x'.repeat(50_000) }), now: NOW })
  await store.close()
  await truncate(path, 20_000)
  await writeFile(path, new Uint8Array(100).fill(1), { flag: 'r+' })
  await expect(openNodeStore({ path, limits: testLimits })).rejects.toMatchObject({ code: 'database.corrupt' })
  const fresh = await openNodeStore({ path, limits: testLimits, moveAsideAt: { now: () => NOW } })
  expect(fresh.movedAside).toContain(String(NOW))
  expect((await stat(fresh.movedAside ?? '')).size).toBe(20_000)
  expect(await fresh.store.digest(wholeRing, NOW)).toMatchObject({ messages: 0 })
  await fresh.store.close()
})
