import fc from 'fast-check'
import { expect, test } from 'vitest'
import { GatheringFile } from '../../../src/web/sqlite/gathering-file.ts'
import { type SyncFile } from '../../../src/web/sqlite/sync-file.ts'

/** A file in memory that counts writes, and keeps apart what a flush has made safe. */
class MemoryFile implements SyncFile {
  bytes = new Uint8Array(0)
  safe = new Uint8Array(0)
  writes = 0
  isClosed = false
  /** How much of the next writes is taken. */
  room = Number.POSITIVE_INFINITY

  read(into: Uint8Array<ArrayBuffer>, { at }: { readonly at: number }): number {
    const found = this.bytes.subarray(at, at + into.length)
    into.set(found)
    return found.length
  }

  write(bytes: Uint8Array<ArrayBuffer>, { at }: { readonly at: number }): number {
    this.writes += 1
    const taken = bytes.subarray(0, this.room)
    if (this.bytes.length < at + taken.length) this.truncate(at + taken.length)
    this.bytes.set(taken, at)
    return taken.length
  }

  truncate(sizeBytes: number): void {
    const other = new Uint8Array(sizeBytes)
    other.set(this.bytes.subarray(0, sizeBytes))
    this.bytes = other
  }

  flush(): void {
    this.safe = this.bytes.slice()
  }

  getSize(): number {
    return this.bytes.length
  }

  close(): void {
    this.isClosed = true
  }
}

const filled = (length: number, value: number) => new Uint8Array(length).fill(value)

const step = fc.oneof(
  fc.record({
    kind: fc.constant('write' as const),
    at: fc.nat(300),
    length: fc.integer({ min: 1, max: 80 }),
    value: fc.nat(255),
  }),
  fc.record({ kind: fc.constant('follow' as const), length: fc.integer({ min: 1, max: 80 }), value: fc.nat(255) }),
  fc.record({ kind: fc.constant('read' as const), at: fc.nat(400), length: fc.integer({ min: 1, max: 120 }) }),
  fc.record({ kind: fc.constant('truncate' as const), size: fc.nat(400) }),
  fc.record({ kind: fc.constant('flush' as const) }),
)

test('is like the file itself, whatever is done; what was flushed is safe', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), steps => {
      const [plain, inner] = [new MemoryFile(), new MemoryFile()]
      const gathering = new GatheringFile(inner)
      let end = 0
      for (const each of steps) {
        switch (each.kind) {
          case 'write':
          case 'follow': {
            const at = each.kind === 'follow' ? end : each.at
            end = at + each.length
            for (const file of [plain, gathering]) {
              expect(file.write(filled(each.length, each.value), { at })).toBe(each.length)
            }
            break
          }
          case 'read': {
            const [expected, found] = [filled(each.length, 0), filled(each.length, 0)]
            expect(gathering.read(found, { at: each.at })).toBe(plain.read(expected, { at: each.at }))
            expect(found).toEqual(expected)
            break
          }
          case 'truncate':
            for (const file of [plain, gathering]) file.truncate(each.size)
            break
          case 'flush':
            for (const file of [plain, gathering]) file.flush()
            expect(inner.safe).toEqual(plain.safe)
        }
        expect(gathering.getSize()).toBe(plain.getSize())
      }
      gathering.close()
      expect(inner.bytes).toEqual(plain.bytes)
      expect(inner.isClosed).toBe(true)
    }),
  )
})

test('what follows is written in one, and once only', () => {
  const inner = new MemoryFile()
  const file = new GatheringFile(inner)
  for (let page = 0; page < 100; page++) {
    file.write(filled(24, 1), { at: page * 4120 })
    file.write(filled(4096, 2), { at: page * 4120 + 24 })
  }
  expect(inner.writes).toBe(0)
  file.flush()
  file.flush()
  expect(inner.writes).toBe(1)
  expect(inner.safe.length).toBe(412_000)
})

test('more than fits is written out before, and what is longer by itself at once', () => {
  const inner = new MemoryFile()
  const file = new GatheringFile(inner)
  for (let at = 0; at < 3; at++) file.write(filled(500_000, at), { at: at * 500_000 })
  expect(inner.writes).toBe(1)
  file.write(filled(3_000_000, 7), { at: 1_500_000 })
  expect(inner.writes).toBe(3)
  expect(file.getSize()).toBe(4_500_000)
  expect(inner.bytes.length).toBe(4_500_000)
})

test('what could not be written is not forgotten, and the file is closed nevertheless', () => {
  const inner = new MemoryFile()
  const file = new GatheringFile(inner)
  file.write(filled(100, 1), { at: 0 })
  inner.room = 10
  expect(() => file.flush()).toThrow('written in part')
  expect(() => file.write(filled(10, 1), { at: 900 })).toThrow('written in part')
  inner.room = Number.POSITIVE_INFINITY
  file.flush()
  expect(inner.safe).toEqual(filled(100, 1))
  file.write(filled(10, 1), { at: 0 })
  inner.room = 0
  expect(() => file.close()).toThrow('written in part')
  expect(inner.isClosed).toBe(true)
})
