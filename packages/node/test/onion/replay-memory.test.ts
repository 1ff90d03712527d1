import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ed25519KeyPair, Ed25519Seed, x25519PublicKey } from '@sotto/protocol/crypto'
import { ManualClock, seededRandom } from '@sotto/testing'
import { afterEach, expect, test } from 'vitest'
import { ReplayJournal } from '../../src/onion/replay-journal.ts'
import { ReplayMemory } from '../../src/onion/replay-memory.ts'

const minute = 60_000
const random = seededRandom(5)
const node = new Ed25519KeyPair(new Ed25519Seed(random(32)))
const folders: string[] = []
const newKey = () => x25519PublicKey(random(32))
const newFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'sotto-replay-'))
  folders.push(folder)
  return folder
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

test('remembers a key for ten to fifteen minutes', async () => {
  const clock = new ManualClock()
  const memory = new ReplayMemory(node, clock)
  await clock.advance(4 * minute)
  const print = memory.printOf(newKey())
  expect(memory.has(print)).toBe(false)
  memory.add(print)
  for (let passed = 0; passed < 10; passed++) {
    expect(memory.has(print)).toBe(true)
    await clock.advance(minute)
  }
  expect(memory.has(print)).toBe(true)
  await clock.advance(5 * minute)
  expect(memory.has(print)).toBe(false)
  expect(memory.size).toBe(0)
})

test('nodes and keys have different fingerprints', () => {
  const other = new Ed25519KeyPair(new Ed25519Seed(random(32)))
  const clock = new ManualClock()
  const key = newKey()
  const print = new ReplayMemory(node, clock).printOf(key)
  expect(new ReplayMemory(node, clock).printOf(key)).toEqual(print)
  expect(new ReplayMemory(other, clock).printOf(key)).not.toEqual(print)
  expect(new ReplayMemory(node, clock).printOf(newKey())).not.toEqual(print)
})

test('when there are too many, the oldest are forgotten before their time', () => {
  const memory = new ReplayMemory(node, new ManualClock(), { limits: { generationMs: minute, generationSize: 10 } })
  const prints = Array.from({ length: 100 }, () => memory.printOf(newKey()))
  for (const print of prints) memory.add(print)
  expect(memory.size).toBe(40)
  expect(memory.has(prints[99] ?? { high: 0, low: 0 })).toBe(true)
  expect(memory.has(prints[0] ?? { high: 0, low: 0 })).toBe(false)
})

test('a restart forgets nothing that is young enough', async () => {
  const clock = new ManualClock()
  const folder = newFolder()
  const start = () => {
    const journal = new ReplayJournal(
      folder,
      () => clock.now(),
      () => expect.fail(),
    )
    return { journal, memory: new ReplayMemory(node, clock, { store: journal }) }
  }
  const keys = Array.from({ length: 700 }, newKey)
  const first = start()
  for (const key of keys) first.memory.add(first.memory.printOf(key))
  first.journal.flush()

  await clock.advance(9 * minute)
  const second = start()
  expect(second.memory.size).toBe(700)
  expect(keys.every(key => second.memory.has(second.memory.printOf(key)))).toBe(true)
  expect(second.memory.has(second.memory.printOf(newKey()))).toBe(false)

  await clock.advance(9 * minute)
  expect(start().memory.size).toBe(0)
  expect(readdirSync(folder)).toEqual([])
})

test('files that cannot be read are told of and do no harm', () => {
  const clock = new ManualClock()
  const folder = newFolder()
  writeFileSync(join(folder, `${clock.now()}.seen`), new Uint8Array(13))
  writeFileSync(join(folder, 'notes.txt'), 'x')
  const journal = new ReplayJournal(
    folder,
    () => clock.now(),
    () => expect.fail(),
  )
  expect(new ReplayMemory(node, clock, { store: journal }).size).toBe(1)

  const problems: unknown[] = []
  const blocked = new ReplayJournal(
    join(folder, 'notes.txt'),
    () => clock.now(),
    problem => problems.push(problem),
  )
  const memory = new ReplayMemory(node, clock, { store: blocked })
  memory.add(memory.printOf(newKey()))
  blocked.flush()
  expect(problems.length).toBeGreaterThan(0)
  expect(memory.size).toBe(1)
})
