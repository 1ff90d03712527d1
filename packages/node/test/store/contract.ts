import { encodeBase64 } from '@sotto/protocol/encoding'
import {
  formatStoredMessage,
  MAX_RETRIEVE_SIZE,
  type MessageHash,
  type Namespace,
  toNamespace,
} from '@sotto/protocol/storage'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  type DumpPiece,
  type MessageRecord,
  type NodeStore,
  type RangeCursor,
  type SpaceRange,
} from '../../src/index.ts'
import { DAY, message, NOW, ownerNumber, peerNumber, type Sample, SECOND, tokenNumber, wholeRing } from './samples.ts'

const inbox = toNamespace(0)
const whole = { maxSize: MAX_RETRIEVE_SIZE }

/** What every store does. Runs against the model, and SQLite in both forms. */
export function storeContract(name: string, open: () => Promise<NodeStore>): void {
  describe(`a store: ${name}`, () => {
    let store: NodeStore
    beforeEach(async () => {
      store = await open()
    })
    afterEach(() => store.close())
    const keep = (sample: Sample, now = NOW) => store.store({ message: message(sample), now })
    const texts = (owner = 0, namespace: Namespace = inbox, now = NOW) =>
      store
        .retrieve(ownerNumber(owner), namespace, whole, now)
        .messages.map(({ data }) => new TextDecoder().decode(data))

    describe('store and retrieve', () => {
      test('messages come in the order in which they were stored, unaltered', async () => {
        for (const text of ['c', 'a', '', 'b']) await keep({ text, timestamp: NOW - 5 })
        const messages = ['c', 'a', '', 'b'].map(text => {
          const { hash, timestamp, expiry, data } = message({ text, timestamp: NOW - 5 })
          return { hash, timestamp, expiry, data }
        })
        expect(store.retrieve(ownerNumber(0), inbox, whole, NOW)).toEqual({
          messages,
          written: messages.map(each => formatStoredMessage(each, encodeBase64(each.data))),
          more: false,
          reset: false,
        })
      })

      test('accounts and namespaces are apart', async () => {
        await keep({ text: 'a' })
        await keep({ text: 'b', owner: 1 })
        await keep({ text: 'c', namespace: 5 })
        expect([texts(), texts(1), texts(0, toNamespace(5)), texts(2)]).toEqual([['a'], ['b'], ['c'], []])
      })

      test('a known message is prolonged, never shortened, and keeps its place', async () => {
        expect(await keep({ text: 'a' })).toEqual({ kind: 'stored', already: false, expiry: NOW + DAY })
        await keep({ text: 'b' })
        const longer = await keep({ text: 'a', expiry: NOW + 2 * DAY })
        expect(longer).toEqual({ kind: 'stored', already: true, expiry: NOW + 2 * DAY })
        const shorter = await keep({ text: 'a', expiry: NOW + SECOND })
        expect(shorter).toEqual({ kind: 'stored', already: true, expiry: NOW + 2 * DAY })
        expect(texts()).toEqual(['a', 'b'])
      })

      test('a public message is not prolonged beyond its age', async () => {
        await keep({ text: 'a' })
        const later = {
          message: message({ text: 'a', expiry: NOW + 20 * DAY }),
          now: NOW + DAY / 2,
          maxAgeMs: 14 * DAY,
        }
        expect(await store.store(later)).toMatchObject({ already: true, expiry: NOW + 14 * DAY })
        const uncapped = { message: message({ text: 'a', expiry: NOW + 20 * DAY }), now: NOW + DAY / 2 }
        expect(await store.store(uncapped)).toMatchObject({ expiry: NOW + 20 * DAY })
      })

      test('what has expired is gone at that moment, swept or not, and can be stored anew at a new place', async () => {
        await keep({ text: 'a', expiry: NOW + SECOND })
        await keep({ text: 'b' })
        expect(texts(0, inbox, NOW + SECOND - 1)).toEqual(['a', 'b'])
        expect(texts(0, inbox, NOW + SECOND)).toEqual(['b'])
        expect(await keep({ text: 'a' }, NOW + SECOND)).toMatchObject({ already: false })
        expect(texts(0, inbox, NOW + SECOND)).toEqual(['b', 'a'])
      })

      test('an outbox holds the last message, and copies of others do not come back', async () => {
        await keep({ namespace: -1, text: 'a' })
        await keep({ namespace: -1, text: 'b' })
        expect(texts(0, toNamespace(-1))).toEqual(['b'])
        expect(await store.insertRecords([message({ namespace: -1, text: 'a' })], NOW)).toMatchObject({ refused: 1 })
        const again = { message: message({ namespace: -1, text: 'a' }), now: NOW + 5, signedAt: NOW + 5 }
        expect(await store.store(again)).toMatchObject({ kind: 'stored', already: false })
        expect(texts(0, toNamespace(-1))).toEqual(['a'])
      })

      test('of two outbox messages by replication the later one wins, whichever comes first', async () => {
        const early = message({ namespace: -21, text: 'early', timestamp: NOW - 10 })
        const late = message({ namespace: -21, text: 'late', timestamp: NOW })
        await store.insertRecords([early, late], NOW)
        expect(await store.insertRecords([early], NOW)).toEqual({ inserted: 0, known: 0, refused: 1 })
        const early1 = message({ owner: 1, namespace: -21, text: 'early', timestamp: NOW - 10 })
        const late1 = message({ owner: 1, namespace: -21, text: 'late', timestamp: NOW })
        expect(await store.insertRecords([late1], NOW)).toEqual({ inserted: 1, known: 0, refused: 0 })
        expect(await store.insertRecords([early1], NOW)).toEqual({ inserted: 0, known: 0, refused: 1 })
        expect([texts(0, toNamespace(-21)), texts(1, toNamespace(-21))]).toEqual([['late'], ['late']])
      })

      test('listeners hear of new messages only, once for each box, when they can be read', async () => {
        const heard: string[] = []
        const stop = store.onInserted((owner, namespace) => {
          heard.push(`${owner === ownerNumber(0) ? 0 : 1} ${namespace} ${texts(0, namespace).length}`)
        })
        await keep({ text: 'a' })
        await keep({ text: 'a', expiry: NOW + 2 * DAY })
        await store.insertRecords([message({ text: 'b' }), message({ text: 'c' }), message({ text: 'a' })], NOW)
        await store.insertRecords([message({ text: 'c' })], NOW)
        stop()
        await keep({ text: 'd' })
        expect(heard).toEqual(['0 0 1', '0 0 3'])
      })
    })

    describe('cursors', () => {
      const after = (hash: MessageHash, now = NOW) => {
        const { messages, reset } = store.retrieve(ownerNumber(0), inbox, { ...whole, after: hash }, now)
        return { texts: messages.map(({ data }) => new TextDecoder().decode(data)), reset }
      }

      test('reading goes on after the last hash', async () => {
        for (const text of ['a', 'b', 'c']) await keep({ text })
        expect(after(message({ text: 'a' }).hash)).toEqual({ texts: ['b', 'c'], reset: false })
        expect(after(message({ text: 'c' }).hash)).toEqual({ texts: [], reset: false })
      })

      test('an unknown hash starts at the beginning, and that is said', async () => {
        await keep({ text: 'a' })
        expect(after(message({ text: 'x' }).hash)).toEqual({ texts: ['a'], reset: true })
        const other = store.retrieve(ownerNumber(7), inbox, { ...whole, after: message().hash }, NOW)
        expect(other).toEqual({ messages: [], written: [], more: false, reset: true })
      })

      test('a hash that is not spelled like one of ours is unknown', async () => {
        await keep({ text: 'a' })
        const { hash } = message({ text: 'a' })
        const twin = (hash.slice(0, 42) + (hash.endsWith('A') ? 'B' : 'A')) as MessageHash
        expect(after(twin).reset).toBe(true)
        const odd = (hash.slice(0, 42) + String.fromCharCode(hash.charCodeAt(42) + 1)) as MessageHash
        expect(store.getExpiries(ownerNumber(0), [odd, 'short', hash], NOW).size).toBe(1)
        const { deleted } = await store.deleteMessages({ owner: ownerNumber(0), hashes: [odd], now: NOW })
        expect(deleted).toEqual([])
      })

      test('the places of deleted and expired messages are known for 14 days', async () => {
        await keep({ text: 'a' })
        await keep({ text: 'b', expiry: NOW + SECOND })
        await keep({ text: 'c', expiry: NOW + 30 * DAY })
        const [a, b] = [message({ text: 'a' }).hash, message({ text: 'b' }).hash]
        await store.deleteMessages({ owner: ownerNumber(0), hashes: [a], now: NOW })
        await store.sweep(NOW + 2 * SECOND)
        expect(after(a, NOW + DAY)).toEqual({ texts: ['c'], reset: false })
        expect(after(b, NOW + 14 * DAY)).toEqual({ texts: ['c'], reset: false })
        await store.sweep(NOW + 14 * DAY + SECOND)
        expect(after(a, NOW + 14 * DAY + SECOND).reset).toBe(true)
        expect(after(b, NOW + 14 * DAY + SECOND).reset).toBe(true)
      })

      test('places are never given twice', async () => {
        await keep({ text: 'a' })
        await keep({ text: 'b' })
        const { hash } = message({ text: 'b' })
        await store.deleteMessages({ owner: ownerNumber(0), hashes: [hash], now: NOW })
        await keep({ text: 'c' })
        expect(after(hash)).toEqual({ texts: ['c'], reset: false })
      })
    })

    describe('limits of a retrieve', () => {
      test('it is cut by count and by counted size, but brings at least one', async () => {
        for (let at = 0; at < 70; at++) await keep({ text: `${at}`.padStart(60, '.') })
        const read = (limits: object) => {
          const { messages, more } = store.retrieve(ownerNumber(0), inbox, { ...whole, ...limits }, NOW)
          return [messages.length, more]
        }
        expect(read({})).toEqual([70, false])
        expect(read({ maxCount: 70 })).toEqual([70, false])
        expect(read({ maxCount: 69 })).toEqual([69, true])
        expect(read({ maxCount: 1 })).toEqual([1, true])
        // 100 + 43 + 80 each.
        expect(read({ maxSize: 446 })).toEqual([2, true])
        expect(read({ maxSize: 445 })).toEqual([1, true])
        expect(read({ maxSize: 1 })).toEqual([1, true])
        expect(read({ maxSize: 223 * 70 })).toEqual([70, false])
      })
    })

    describe('delete', () => {
      test('answers what was here, in the order of ASCII; unknown hashes are no error', async () => {
        for (const text of ['a', 'b', 'c']) await keep({ text })
        const hashes = ['c', 'a', 'x', 'a'].map(text => message({ text }).hash)
        const { deleted } = await store.deleteMessages({ owner: ownerNumber(0), hashes, now: NOW })
        expect(deleted).toEqual([message({ text: 'a' }).hash, message({ text: 'c' }).hash].toSorted())
        expect(texts()).toEqual(['b'])
        expect(await store.deleteMessages({ owner: ownerNumber(9), hashes, now: NOW })).toEqual({ deleted: [] })
      })

      test('deleted messages do not come back by replication or by unsigned stores while the tombstone lives', async () => {
        await keep({ text: 'a' })
        const { hash, owner } = message({ text: 'a' })
        await store.deleteMessages({ owner, hashes: [hash], now: NOW })
        expect(await keep({ text: 'a' })).toEqual({ kind: 'deleted', until: NOW + 30 * DAY })
        const record = message({ text: 'a', expiry: NOW + 40 * DAY })
        expect(await store.insertRecords([record], NOW + 29 * DAY)).toMatchObject({ refused: 1 })
        expect(await store.insertRecords([record], NOW + 30 * DAY)).toMatchObject({ inserted: 1 })
      })

      test('a store that was signed later brings it back', async () => {
        await keep({ text: 'a' })
        const stored = message({ text: 'a' })
        await store.deleteMessages({ owner: stored.owner, hashes: [stored.hash], now: NOW + 5 })
        expect(await store.store({ message: stored, now: NOW + 9, signedAt: NOW + 5 })).toMatchObject({
          kind: 'deleted',
        })
        const again = await store.store({ message: stored, now: NOW + 9, signedAt: NOW + 6 })
        expect(again).toEqual({ kind: 'stored', already: false, expiry: NOW + DAY })
        expect(await store.deleteMessages({ owner: stored.owner, hashes: [stored.hash], now: NOW + 10 })).toEqual({
          deleted: [stored.hash],
        })
      })

      test('a delete holds back what comes only after it', async () => {
        const late = message({ text: 'late', namespace: 2 })
        await store.deleteMessages({ owner: late.owner, hashes: [late.hash], now: NOW })
        expect(await store.insertRecords([{ ...late, firstStored: NOW - 1 }], NOW + 1)).toMatchObject({ refused: 1 })
        expect(await store.insertRecords([{ ...late, firstStored: NOW + 1 }], NOW + 1)).toMatchObject({ inserted: 1 })
      })

      test('a delete that comes late leaves what was stored again after it, and is dated as it was accepted', async () => {
        const again = message({ text: 'again', namespace: 2 })
        const other = message({ text: 'other', namespace: 2 })
        const { owner } = again
        const late = { acceptedAt: NOW - 50, storedUntil: NOW - 50, now: NOW + 5 }
        await store.store({ message: again, now: NOW, acceptedAt: NOW - 10, signedAt: NOW - 10 })
        expect(await store.deleteMessages({ owner, hashes: [again.hash, other.hash], ...late })).toEqual({
          deleted: [],
        })
        expect(texts(0, toNamespace(2))).toEqual(['again'])
        const copies = [NOW - 50, NOW - 49].map(firstStored => ({ ...other, firstStored }))
        expect(await store.insertRecords(copies.slice(0, 1), NOW + 5)).toMatchObject({ refused: 1 })
        expect(await store.insertRecords(copies.slice(1), NOW + 5)).toMatchObject({ inserted: 1 })
        const before = { owner, scope: 'all', before: NOW, ...late } as const
        expect((await store.deleteBefore(before)).deleted.size).toBe(0)
        const expiry = { owner, hashes: [again.hash], expiries: [NOW + 9] }
        expect(await store.expire({ ...expiry, ...late })).toMatchObject({ updated: new Map() })
        expect((await store.expireAll({ owner, scope: 'all', expiry: NOW + 9, ...late })).updated.size).toBe(0)
      })

      test('where anyone may store, a delete that comes late goes for later copies too', async () => {
        await keep({ text: 'a' })
        const { owner, hash } = message({ text: 'a' })
        const late = { acceptedAt: NOW - 50, storedUntil: NOW - 50, now: NOW + 5 }
        expect(await store.deleteMessages({ owner, hashes: [hash], ...late })).toEqual({ deleted: [hash] })
        await keep({ text: 'b' })
        const { hash: other } = message({ text: 'b' })
        expect(await store.applyTombstones([{ owner, hash: other, since: NOW - 50, until: NOW + DAY }], NOW)).toBe(1)
      })

      test('what was deleted counts as older than its deletion, however clocks differ', async () => {
        const ahead = message({ text: 'a', namespace: 2 })
        await store.store({ message: ahead, now: NOW, acceptedAt: NOW + 60_000, signedAt: NOW })
        await store.deleteMessages({ owner: ahead.owner, hashes: [ahead.hash], now: NOW + 9 })
        const copy = { ...ahead, firstStored: NOW + 60_000 }
        expect(await store.insertRecords([copy], NOW + 90_000)).toMatchObject({ refused: 1 })
      })

      test('where anyone may store, no copy beats a deletion, whatever time it has', async () => {
        const late = message({ text: 'late' })
        await store.deleteMessages({ owner: late.owner, hashes: [late.hash], now: NOW })
        expect(await store.insertRecords([{ ...late, firstStored: NOW + 1 }], NOW + 1)).toMatchObject({ refused: 1 })
      })

      test('a captured delete does nothing a second time', async () => {
        const signature = new Uint8Array(64).fill(7)
        const stored = message({ text: 'a' })
        const request = { owner: stored.owner, hashes: [stored.hash], signature }
        expect(await store.deleteMessages({ ...request, now: NOW })).toEqual({ deleted: [] })
        await store.store({ message: stored, now: NOW + 1, signedAt: NOW + 1 })
        expect(await store.deleteMessages({ ...request, now: NOW + 2 })).toEqual({ deleted: [stored.hash] })
        await store.store({ message: stored, now: NOW + 3, signedAt: NOW + 3 })
        expect(await store.deleteMessages({ ...request, now: NOW + 4 })).toEqual({ deleted: [] })
        expect(texts()).toEqual(['a'])
        const other = { ...request, signature: new Uint8Array(64).fill(8) }
        expect(await store.deleteMessages({ ...other, now: NOW + 5 })).toEqual({ deleted: [stored.hash] })
      })
    })

    describe('delete_all and delete_before', () => {
      const byNamespace = (...samples: readonly Sample[]) => {
        const groups = Map.groupBy(samples, ({ namespace = 0 }) => toNamespace(namespace))
        return new Map(
          Array.from(groups, ([namespace, all]) => [namespace, all.map(each => message(each).hash).toSorted()]),
        )
      }

      test('delete_all empties one namespace, or all of them', async () => {
        const samples = [{ text: 'a' }, { text: 'b' }, { text: 'c', namespace: 5 }, { text: 'd', namespace: -11 }]
        for (const sample of samples) await keep(sample)
        await keep({ text: 'e', owner: 1 })
        const owner = ownerNumber(0)
        const one = await store.deleteAll({ owner, scope: toNamespace(5), timestamp: NOW, now: NOW })
        expect(one.deleted).toEqual(byNamespace({ text: 'c', namespace: 5 }))
        const all = await store.deleteAll({ owner, scope: 'all', timestamp: NOW, now: NOW })
        expect(all.deleted).toEqual(byNamespace({ text: 'a' }, { text: 'b' }, { text: 'd', namespace: -11 }))
        expect(texts(1)).toEqual(['e'])
        expect(await store.insertRecords([message({ text: 'a' })], NOW)).toMatchObject({ refused: 1 })
      })

      test('a captured delete_all does nothing, a later one does, each scope by itself', async () => {
        const owner = ownerNumber(0)
        await store.deleteAll({ owner, scope: inbox, timestamp: NOW, now: NOW })
        await keep({ text: 'a' })
        expect((await store.deleteAll({ owner, scope: inbox, timestamp: NOW, now: NOW + 5 })).deleted.size).toBe(0)
        expect((await store.deleteAll({ owner, scope: inbox, timestamp: NOW - 1, now: NOW + 5 })).deleted.size).toBe(0)
        expect((await store.deleteAll({ owner, scope: 'all', timestamp: NOW - 1, now: NOW + 5 })).deleted.size).toBe(1)
        await keep({ text: 'b' })
        expect((await store.deleteAll({ owner, scope: inbox, timestamp: NOW + 1, now: NOW + 5 })).deleted.size).toBe(1)
      })

      test('a delete_all that comes late leaves what was stored after it', async () => {
        await keep({ text: 'old' }, NOW - 100)
        await keep({ text: 'new' }, NOW)
        const owner = ownerNumber(0)
        const late = { owner, scope: 'all', timestamp: NOW - 50, storedUntil: NOW - 50, now: NOW + 5 } as const
        expect((await store.deleteAll(late)).deleted).toEqual(byNamespace({ text: 'old' }))
        expect(texts()).toEqual(['new'])
      })

      test('delete_before goes by the time of the message, both ends told', async () => {
        await keep({ text: 'a', timestamp: NOW - 2 })
        await keep({ text: 'b', timestamp: NOW - 1, namespace: 2 })
        await keep({ text: 'c', timestamp: NOW })
        const owner = ownerNumber(0)
        const { deleted } = await store.deleteBefore({ owner, scope: 'all', before: NOW - 1, now: NOW })
        expect(deleted).toEqual(byNamespace({ text: 'a' }, { text: 'b', namespace: 2 }))
        expect((await store.deleteBefore({ owner, scope: inbox, before: NOW - 1, now: NOW })).deleted.size).toBe(0)
        expect(
          (await store.deleteBefore({ owner: ownerNumber(8), scope: 'all', before: NOW, now: NOW })).deleted.size,
        ).toBe(0)
        expect(texts()).toEqual(['c'])
      })
    })

    describe('expire', () => {
      const hashes = ['a', 'b', 'x'].map(text => message({ text }).hash)
      const owner = ownerNumber(0)
      const [a = hashes[0], b] = hashes
      const sortedMap = (map: ReadonlyMap<MessageHash, number>) => [...map].toSorted(([x], [y]) => (x < y ? -1 : 1))

      beforeEach(async () => {
        await keep({ text: 'a', expiry: NOW + DAY })
        await keep({ text: 'b', expiry: NOW + 3 * DAY })
      })

      test('sets, shortens or extends', async () => {
        const wanted = { owner, hashes, expiries: [NOW + 2 * DAY], now: NOW }
        const shortened = await store.expire({ ...wanted, mode: 'shorten' })
        expect([[...shortened.updated], [...shortened.unchanged]]).toEqual([[[b, NOW + 2 * DAY]], [[a, NOW + DAY]]])
        const extended = await store.expire({ ...wanted, mode: 'extend' })
        expect([[...extended.updated], [...extended.unchanged]]).toEqual([[[a, NOW + 2 * DAY]], [[b, NOW + 2 * DAY]]])
        const set = await store.expire({ ...wanted, expiries: [NOW + DAY] })
        expect([...set.updated]).toEqual(sortedMap(set.updated))
        expect(set.updated.size + set.unchanged.size).toBe(2)
        expect(store.getExpiries(owner, hashes, NOW)).toEqual(
          new Map(hashes.slice(0, 2).map(hash => [hash, NOW + DAY])),
        )
      })

      test('one expiry for each, and none in the future is an end at once', async () => {
        const { updated } = await store.expire({ owner, hashes, expiries: [NOW, NOW + 9, NOW + 9], now: NOW })
        expect(sortedMap(updated)).toEqual(
          sortedMap(
            new Map([
              [hashes[0], NOW],
              [hashes[1], NOW + 9],
            ] as never),
          ),
        )
        expect(texts()).toEqual(['b'])
      })

      test('what was shortened is not brought back or prolonged by copies', async () => {
        await store.expire({ owner, hashes, expiries: [NOW + SECOND], now: NOW })
        expect(await keep({ text: 'a' }, NOW + 1)).toMatchObject({ already: true, expiry: NOW + SECOND })
        await store.sweep(NOW + 2 * SECOND)
        expect(await store.insertRecords([message({ text: 'a' })], NOW + 2 * SECOND)).toMatchObject({ refused: 1 })
        const signed = { message: message({ text: 'b' }), now: NOW + 3 * SECOND, signedAt: NOW + 3 * SECOND }
        expect(await store.store(signed)).toMatchObject({ kind: 'stored', already: false })
      })

      test('what was extended again can be prolonged by a store', async () => {
        await store.expire({ owner, hashes, expiries: [NOW + SECOND], now: NOW })
        await store.expire({ owner, hashes, expiries: [NOW + DAY], now: NOW })
        expect(await keep({ text: 'a', expiry: NOW + 2 * DAY }, NOW + 1)).toMatchObject({ expiry: NOW + 2 * DAY })
      })

      test('expire_all only shortens', async () => {
        await keep({ text: 'c', namespace: 2, expiry: NOW + 3 * DAY })
        const { updated } = await store.expireAll({ owner, scope: 'all', expiry: NOW + 2 * DAY, now: NOW })
        expect(updated).toEqual(
          new Map([
            [inbox, [message({ text: 'b' }).hash]],
            [toNamespace(2), [message({ text: 'c', namespace: 2 }).hash]],
          ]),
        )
        expect((await store.expireAll({ owner, scope: inbox, expiry: NOW + 2 * DAY, now: NOW })).updated.size).toBe(0)
        expect(
          (await store.expireAll({ owner: ownerNumber(9), scope: inbox, expiry: NOW, now: NOW })).updated.size,
        ).toBe(0)
      })
    })

    describe('revocations', () => {
      const owner = ownerNumber(0)
      const revoke = (numbers: readonly number[], timestamp: number) =>
        store.revoke({ owner, tokens: numbers.map(tokenNumber), timestamp, now: NOW })
      const unrevoke = (numbers: readonly number[], timestamp: number) =>
        store.unrevoke({ owner, tokens: numbers.map(tokenNumber), timestamp, now: NOW })

      test('hold for one account, without any message', async () => {
        expect(await revoke([1, 2], NOW)).toEqual({ count: 2 })
        expect([1, 2, 3].map(number => store.isRevoked(owner, tokenNumber(number)))).toEqual([true, true, false])
        expect(store.isRevoked(ownerNumber(1), tokenNumber(1))).toBe(false)
        await keep({ text: 'a' })
        await store.deleteAll({ owner, scope: 'all', timestamp: NOW, now: NOW })
        await store.sweep(NOW + 40 * DAY)
        expect(store.isRevoked(owner, tokenNumber(1))).toBe(true)
      })

      test('the latest word holds, in whatever order words come; of two at once the revocation', async () => {
        await revoke([1, 2, 3], NOW)
        expect(await unrevoke([1, 2, 9], NOW + 1)).toEqual({ count: 2 })
        expect(await revoke([1], NOW)).toEqual({ count: 0 })
        expect(await revoke([2], NOW + 1)).toEqual({ count: 1 })
        expect(await unrevoke([3], NOW)).toEqual({ count: 0 })
        expect(await revoke([9], NOW)).toEqual({ count: 0 })
        expect([1, 2, 3, 9].map(number => store.isRevoked(owner, tokenNumber(number)))).toEqual([
          false,
          true,
          true,
          false,
        ])
      })

      test('the fifty newest are kept', async () => {
        for (let number = 0; number < 60; number++) await revoke([number], NOW + number)
        const revoked = Array.from({ length: 60 }, (_, number) => store.isRevoked(owner, tokenNumber(number)))
        expect(revoked).toEqual(Array.from({ length: 60 }, (_, number) => number >= 10))
      })

      test('travel to other members and are merged there', async () => {
        await revoke([1], NOW + 5)
        await store.applyRevocations([
          { owner, token: tokenNumber(1), changed: NOW + 4, revoked: false },
          { owner, token: tokenNumber(2), changed: NOW + 4, revoked: true },
        ])
        const { revocations } = store.dump(wholeRing, { maxCount: 100, maxBytes: 1000 }, NOW)
        expect(revocations).toEqual([
          { owner, token: tokenNumber(1), changed: NOW + 5, revoked: true },
          { owner, token: tokenNumber(2), changed: NOW + 4, revoked: true },
        ])
      })
    })

    describe('forwards', () => {
      const limits = { maxCount: 100, maxBytes: 1000 }
      const peers = [peerNumber(1), peerNumber(2)] as const
      const send = async (text: string) => {
        const outcome = await store.store({ message: message({ text }), now: NOW, peers })
        return outcome.kind === 'stored' ? outcome.forward : undefined
      }

      test('what reached all is nowhere; what did not waits for those who miss it, in its order', async () => {
        const [a, b, c] = [await send('a'), await send('b'), await send('c')]
        if (a === undefined || b === undefined || c === undefined) throw new Error('no forward')
        expect(store.queued(peers[0], limits, NOW)).toEqual([])
        expect(
          await store.land([
            { forward: c, unreached: [peers[0]] },
            { forward: a, unreached: [] },
          ]),
        ).toBe(0)
        await store.land([{ forward: b, unreached: peers }])
        const queued = store.queued(peers[0], limits, NOW)
        expect(queued.map(each => each.kind === 'message' && each.record.hash)).toEqual(
          ['b', 'c'].map(text => message({ text }).hash),
        )
        expect(queued[0]).toEqual({ kind: 'message', id: b, record: { ...message({ text: 'b' }), firstStored: NOW } })
        expect(store.queueLengths()).toEqual([
          { peer: peers[0], count: 2 },
          { peer: peers[1], count: 1 },
        ])
        await store.acknowledge(peers[0], [b])
        await store.acknowledge(peers[0], [b])
        expect(store.queued(peers[0], limits, NOW).map(({ id }) => id)).toEqual([c])
        expect(store.queued(peers[1], limits, NOW).map(({ id }) => id)).toEqual([b])
        expect(await store.land([{ forward: b, unreached: peers }])).toBe(0)
        expect(store.queueLengths()).toEqual([
          { peer: peers[0], count: 1 },
          { peer: peers[1], count: 1 },
        ])
      })

      test('requests keep their bytes; messages that are gone need no sending', async () => {
        const { owner, hash } = message({ text: 'a' })
        const stored = await send('a')
        const forward = { peers, body: Uint8Array.of(1, 2, 3), until: NOW + DAY }
        const deleted = await store.deleteMessages({ owner, hashes: [hash], now: NOW, forward })
        if (stored === undefined || deleted.forward === undefined) throw new Error('no forward')
        await store.land([stored, deleted.forward].map(each => ({ forward: each, unreached: peers })))
        expect(store.queued(peers[1], limits, NOW)).toEqual([
          { kind: 'void', id: stored },
          { kind: 'request', id: deleted.forward, body: Uint8Array.of(1, 2, 3) },
        ])
        expect(store.queued(peers[1], { ...limits, maxCount: 1 }, NOW)).toHaveLength(1)
        expect(store.queued(peers[1], limits, NOW + DAY)).toEqual([])
        await store.sweep(NOW + DAY)
        expect(store.queueLengths()).toEqual([])
      })

      test('a piece of the queue is cut by bytes, but holds at least one', async () => {
        for (const text of ['a', 'b', 'c']) {
          const forward = await send(text.repeat(400))
          if (forward !== undefined) await store.land([{ forward, unreached: peers }])
        }
        expect(store.queued(peers[0], limits, NOW)).toHaveLength(2)
        expect(store.queued(peers[0], { ...limits, maxBytes: 1 }, NOW)).toHaveLength(1)
      })

      test('every change can be sent on', async () => {
        const owner = ownerNumber(0)
        const forward = { peers, body: Uint8Array.of(9), until: NOW + DAY }
        const tokens = [tokenNumber(1)]
        const outcomes = [
          await store.deleteAll({ owner, scope: 'all', timestamp: NOW, now: NOW, forward }),
          await store.deleteBefore({ owner, scope: 'all', before: NOW, now: NOW, forward }),
          await store.expire({ owner, hashes: [], expiries: [NOW], now: NOW, forward }),
          await store.expireAll({ owner, scope: 'all', expiry: NOW, now: NOW, forward }),
          await store.revoke({ owner, tokens, timestamp: NOW, now: NOW, forward }),
          await store.unrevoke({ owner, tokens, timestamp: NOW, now: NOW, forward }),
        ]
        const ids = outcomes.map(outcome => outcome.forward)
        expect(new Set(ids).size).toBe(6)
        await store.land(ids.flatMap(id => (id === undefined ? [] : [{ forward: id, unreached: [peers[0]] }])))
        expect(store.queueLengths()).toEqual([{ peer: peers[0], count: 6 }])
      })

      test('a peer that left is forgotten with its queue and cursor', async () => {
        const forward = await send('a')
        if (forward !== undefined) await store.land([{ forward, unreached: peers }])
        await store.setCursor(peers[0], Uint8Array.of(1))
        await store.dropPeer(peers[0])
        expect(store.queueLengths()).toEqual([{ peer: peers[1], count: 1 }])
        expect(store.cursor(peers[0])).toBeUndefined()
      })

      test('cursors are kept, replaced and removed', async () => {
        expect(store.cursor(peers[0])).toBeUndefined()
        await store.setCursor(peers[0], Uint8Array.of(1, 2))
        await store.setCursor(peers[1], Uint8Array.of(3))
        await store.setCursor(peers[0], Uint8Array.of(4))
        expect([store.cursor(peers[0]), store.cursor(peers[1])]).toEqual([Uint8Array.of(4), Uint8Array.of(3)])
        await store.setCursor(peers[0], undefined)
        expect(store.cursor(peers[0])).toBeUndefined()
      })
    })

    describe('dumps and digests', () => {
      const fill = async () => {
        for (let owner = 0; owner < 6; owner++) {
          for (const text of ['a', 'b', 'c']) await keep({ owner, text: text.repeat(owner + 1), namespace: owner % 2 })
          await store.revoke({ owner: ownerNumber(owner), tokens: [tokenNumber(owner)], timestamp: NOW, now: NOW })
        }
        const gone = message({ owner: 2, text: 'aaa' })
        await store.deleteMessages({ owner: gone.owner, hashes: [gone.hash], now: NOW })
        await keep({ owner: 3, text: 'short', expiry: NOW + 1 })
      }

      test('pieces put together are the whole, of every range', async () => {
        await fill()
        const full = store.dump(wholeRing, { maxCount: 1000, maxBytes: 10_000 }, NOW + 1)
        expect([full.messages.length, full.tombstones.length, full.revocations.length]).toEqual([17, 1, 6])
        expect(full.next).toBeUndefined()
        for (const [maxCount, maxBytes] of [
          [1, 1000],
          [2, 3],
          [3, 1000],
          [1000, 1],
        ] as const) {
          expect(collect(store, wholeRing, { maxCount, maxBytes })).toEqual(full)
        }
        const middle = 2n ** 63n
        const halves = [
          { from: 0n, to: middle - 1n },
          { from: middle, to: 2n ** 64n - 1n },
        ]
        const both = halves.map(range => collect(store, range, { maxCount: 2, maxBytes: 100 }))
        expect(both.flatMap(({ messages }) => messages)).toEqual(full.messages)
        const wrapped = collect(store, { from: middle, to: middle - 1n }, { maxCount: 2, maxBytes: 100 })
        expect(wrapped.messages).toEqual(both.toReversed().flatMap(({ messages }) => messages))
      })

      test('a dump makes an equal store of an empty one', async () => {
        await fill()
        const dump = store.dump(wholeRing, { maxCount: 1000, maxBytes: 10_000 }, NOW + 1)
        const digest = await store.digest(wholeRing, NOW + 1)
        expect(digest).toMatchObject({ messages: 17, accounts: 6 })
        const other = await open()
        expect(await other.insertRecords(dump.messages, NOW + 1)).toEqual({ inserted: 17, known: 0, refused: 0 })
        expect(await other.insertRecords(dump.messages, NOW + 1)).toEqual({ inserted: 0, known: 17, refused: 0 })
        await other.applyRevocations(dump.revocations)
        expect(await other.applyTombstones(dump.tombstones, NOW + 1)).toBe(0)
        expect(other.dump(wholeRing, { maxCount: 1000, maxBytes: 10_000 }, NOW + 1)).toEqual(dump)
        expect(await other.digest(wholeRing, NOW + 1)).toEqual(digest)
        await other.close()
      })

      test('the digest knows neither order nor what is about to end', async () => {
        for (const text of ['a', 'b']) await keep({ text })
        await keep({ text: 'c', expiry: NOW + 5 })
        const other = await open()
        for (const text of ['b', 'a']) await other.store({ message: message({ text }), now: NOW })
        expect(await store.digest(wholeRing, NOW + 5)).toEqual(await other.digest(wholeRing, NOW + 5))
        expect(await store.digest(wholeRing, NOW)).not.toEqual(await other.digest(wholeRing, NOW))
        await other.store({ message: message({ text: 'b', expiry: NOW + DAY + 1 }), now: NOW })
        expect(await store.digest(wholeRing, NOW + 5)).not.toEqual(await other.digest(wholeRing, NOW + 5))
        await store.store({ message: message({ text: 'b', expiry: NOW + DAY + 1 }), now: NOW })
        expect(await store.digest(wholeRing, NOW + 5)).toEqual(await other.digest(wholeRing, NOW + 5))
        await other.revoke({ owner: ownerNumber(0), tokens: [tokenNumber(0)], timestamp: NOW, now: NOW })
        expect(await store.digest(wholeRing, NOW + 5)).not.toEqual(await other.digest(wholeRing, NOW + 5))
        await other.close()
      })

      test('hashes are listed in pieces, and fetched by hash', async () => {
        await fill()
        const full = store.hashes(wholeRing, NOW + 1, { maxCount: 1000 })
        expect(full.accounts.flatMap(({ messages }) => messages)).toHaveLength(17)
        const pieces: { owner: string; hash: MessageHash }[] = []
        let after: RangeCursor | undefined
        do {
          const piece = store.hashes(wholeRing, NOW + 1, { maxCount: 2, ...(after === undefined ? {} : { after }) })
          for (const { owner, messages } of piece.accounts)
            for (const { hash } of messages) pieces.push({ owner, hash })
          after = piece.next
        } while (after !== undefined)
        expect(pieces).toEqual(
          full.accounts.flatMap(({ owner, messages }) => messages.map(({ hash }) => ({ owner, hash }))),
        )
        const [first] = full.accounts
        if (first === undefined) throw new Error('no account')
        const hashes = first.messages.map(({ hash }) => hash)
        const fetched = store.records(first.owner, [...hashes, message({ text: 'x' }).hash], 10_000, NOW)
        expect(fetched.map(({ hash }) => hash)).toEqual(hashes)
        expect(store.records(first.owner, hashes, 1, NOW)).toHaveLength(1)
        expect(store.records(ownerNumber(99), hashes, 1, NOW)).toEqual([])
      })

      test('of proven ends the later change holds, and of two at once theirs', async () => {
        await keep({ text: 'a', namespace: 2 })
        const { owner, hash } = message({ text: 'a', namespace: 2 })
        const merge = (days: number, edited: number) =>
          store.mergeExpiries([{ owner, hash, expiry: NOW + days * DAY, edited }], true, NOW + 9)
        const life = () => store.lives(owner, [hash], NOW).get(hash)
        expect([await merge(3, 0), await merge(2, 0)]).toEqual([1, 0])
        expect(life()).toEqual({ hash, expiry: NOW + 3 * DAY, edited: 0 })
        expect([await merge(9, NOW + 5), await merge(9, NOW + 4), await merge(2, NOW + 5)]).toEqual([1, 0, 1])
        expect(life()).toEqual({ hash, expiry: NOW + 2 * DAY, edited: NOW + 5 })
        expect(await store.insertRecords([message({ text: 'a', namespace: 2, expiry: NOW + 9 * DAY })], NOW)).toEqual({
          inserted: 0,
          known: 1,
          refused: 0,
        })
        const expire = { owner, hashes: [hash], expiries: [NOW + DAY] }
        await store.expire({ ...expire, now: NOW + 9, acceptedAt: NOW + 3, storedUntil: NOW + 3 })
        expect(life()?.expiry).toBe(NOW + 2 * DAY)
        await store.expire({ ...expire, now: NOW + 9, acceptedAt: NOW + 8 })
        expect(life()).toEqual({ hash, expiry: NOW + DAY, edited: NOW + 8 })
        await store.expire({ ...expire, mode: 'extend', now: NOW + 9 })
        expect(life()).toEqual({ hash, expiry: NOW + DAY, edited: NOW + 9 })
        const again = message({ text: 'a', namespace: 2, expiry: NOW + 4 * DAY })
        await store.store({ message: again, now: NOW + 10, signedAt: NOW + 10 })
        expect(life()).toEqual({ hash, expiry: NOW + 4 * DAY, edited: NOW + 10 })
        expect(
          await store.mergeExpiries([{ owner, hash: 'x' as never, expiry: NOW + DAY, edited: 0 }], true, NOW),
        ).toBe(0)
      })

      test('one peer alone only prolongs, as long as a store could have, and not against the owner', async () => {
        await keep({ text: 'a' })
        const { owner, hash } = message({ text: 'a' })
        const merge = (expiry: number, edited = 0) => store.mergeExpiries([{ owner, hash, expiry, edited }], false, NOW)
        expect(await merge(NOW + 5, NOW)).toBe(0)
        expect(await merge(NOW + 16 * DAY)).toBe(0)
        expect(await merge(NOW + 14 * DAY)).toBe(1)
        await store.expire({ owner, hashes: [hash], expiries: [NOW + DAY], now: NOW + 1 })
        expect(await merge(NOW + 2 * DAY, NOW + 9)).toBe(0)
        const copy = message({ text: 'a', expiry: NOW + 2 * DAY })
        expect(await store.insertRecords([copy], NOW + 2)).toMatchObject({ known: 1 })
        expect(store.getExpiries(owner, [hash], NOW)).toEqual(new Map([[hash, NOW + DAY]]))
        await keep({ text: 'b' })
        await store.insertRecords([message({ text: 'b', expiry: NOW + 2 * DAY })], NOW + 2)
        const other = message({ text: 'b' }).hash
        expect(store.lives(owner, [other], NOW)).toEqual(
          new Map([[other, { hash: other, expiry: NOW + 2 * DAY, edited: 0 }]]),
        )
      })

      test('a tombstone of a peer deletes what was stored before it, and only that', async () => {
        const [old, young] = [message({ text: 'old', namespace: 2 }), message({ text: 'young', namespace: 2 })]
        await store.store({ message: old, now: NOW - 10 })
        await store.store({ message: young, now: NOW })
        const stones = [old, young].map(({ owner, hash }) => ({ owner, hash, since: NOW - 5, until: NOW + DAY }))
        expect(await store.applyTombstones(stones, NOW)).toBe(1)
        expect(texts(0, toNamespace(2))).toEqual(['young'])
        expect(await store.insertRecords([{ ...old, firstStored: NOW - 10 }], NOW)).toMatchObject({ refused: 1 })
        expect(
          await store.applyTombstones(
            stones.map(stone => ({ ...stone, until: NOW })),
            NOW,
          ),
        ).toBe(0)
      })

      test('what others keep now goes without a tombstone, and with the last message all that is known of the account', async () => {
        for (const text of ['a', 'b', 'c']) await keep({ text })
        const { owner, hash } = message({ text: 'a' })
        const [b, c] = ['b', 'c'].map(text => message({ text }).hash) as [MessageHash, MessageHash]
        await store.deleteMessages({ owner, hashes: [c], now: NOW })
        await store.deleteAll({ owner, scope: toNamespace(7), timestamp: NOW, now: NOW })
        await store.revoke({ owner, tokens: [tokenNumber(1)], timestamp: NOW, now: NOW })
        await store.forget(owner, [hash, 'x' as MessageHash, hash], true)
        expect(texts()).toEqual(['b'])
        expect(store.isRevoked(owner, tokenNumber(1))).toBe(true)
        await store.forget(owner, [b], true)
        const dump = store.dump(wholeRing, { maxCount: 9, maxBytes: 99 }, NOW)
        expect(dump).toEqual({ messages: [], tombstones: [], revocations: [] })
        expect(store.retrieve(owner, inbox, { ...whole, after: b }, NOW).reset).toBe(true)
        expect((await store.statistics()).accounts).toBe(0)
        await store.forget(ownerNumber(9), [b], true)
        expect(await store.insertRecords([message({ text: 'a' }), message({ text: 'c' })], NOW)).toMatchObject({
          inserted: 2,
        })
        expect((await store.deleteAll({ owner, scope: toNamespace(7), timestamp: NOW, now: NOW })).deleted.size).toBe(0)
      })

      test('of what comes at once the oldest stands first', async () => {
        const times = { a: 5, b: 3, c: 9 }
        const records = Object.entries(times).map(([text, at]) => ({
          ...message({ text }),
          firstStored: NOW - 10 + at,
        }))
        await store.insertRecords(records, NOW)
        expect(texts()).toEqual(['b', 'a', 'c'])
      })

      test('expired records are refused, times and namespaces survive', async () => {
        const record: MessageRecord = {
          ...message({ namespace: -30_000, timestamp: 5, expiry: NOW + 7 }),
          firstStored: 9,
        }
        const expired = message({ text: 'expired', expiry: NOW })
        expect(await store.insertRecords([record, expired], NOW)).toEqual({ inserted: 1, known: 0, refused: 1 })
        expect(store.dump(wholeRing, { maxCount: 9, maxBytes: 99 }, NOW).messages).toEqual([record])
      })
    })

    test('statistics count', async () => {
      for (const text of ['a', 'b', 'ccc']) await keep({ text })
      await keep({ owner: 1, namespace: 5, text: 'dd' })
      await store.deleteMessages({ owner: ownerNumber(0), hashes: [message({ text: 'a' }).hash], now: NOW })
      await store.revoke({ owner: ownerNumber(2), tokens: [tokenNumber(1)], timestamp: NOW, now: NOW })
      expect(await store.statistics()).toMatchObject({
        messages: 3,
        accounts: 2,
        dataBytes: 6,
        namespaces: new Map([
          [0, 2],
          [5, 1],
        ]),
        perAccount: { min: 1, median: 1, max: 2, mean: 1.5 },
        tombstones: 1,
        revocations: 1,
        queued: 0,
      })
      expect(await store.sweep(NOW + DAY)).toBe(3)
      expect(await store.sweep(NOW + 100 * DAY)).toBe(0)
      expect(await store.statistics()).toMatchObject({ messages: 0, accounts: 0, dataBytes: 0, tombstones: 0 })
    })
  })
}

/** A whole dump, piece by piece. */
function collect(
  store: NodeStore,
  range: SpaceRange,
  limits: { readonly maxCount: number; readonly maxBytes: number },
): DumpPiece {
  const pieces: DumpPiece[] = []
  let after: RangeCursor | undefined
  do {
    const piece = store.dump(range, { ...limits, ...(after === undefined ? {} : { after }) }, NOW + 1)
    pieces.push(piece)
    after = piece.next
  } while (after !== undefined)
  return {
    messages: pieces.flatMap(({ messages }) => messages),
    tombstones: pieces.flatMap(({ tombstones }) => tombstones),
    revocations: pieces.flatMap(({ revocations }) => revocations),
  }
}
