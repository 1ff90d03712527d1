import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { equalBytes } from '@sotto/protocol/crypto'
import { openDatabase } from '@sotto/server'
import { randomBelow, seededRandom } from '@sotto/testing'
import { expect, test } from 'vitest'
import { type NodeStore } from '../../src/index.ts'
import { nodeStoreMigrations } from '../../src/store/sql/schema.ts'
import { killedMessage } from './kill/killed-message.ts'
import { openLocalStore } from './local-store.ts'
import { NOW, peerNumber, testLimits } from './samples.ts'

const KILLS = 8
const program = fileURLToPath(new URL('./kill/killed-store.ts', import.meta.url))

test('kill -9 under load loses nothing that was answered', { timeout: 600_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sotto-kill-'))
  const path = join(folder, 'store.db')
  const random = seededRandom(9)
  const stored = new Set<number>()
  const deleted = new Set<number>()
  for (let kill = 0; kill < KILLS; kill++) {
    const start = stored.size === 0 ? 0 : Math.max(...stored) + 1000
    const lines = await runAndKill(path, start, 20 + randomBelow(random, 400))
    for (const line of lines) (line.startsWith('+') ? stored : deleted).add(Number(line.slice(1)))
    await check(path, stored, deleted)
  }
  expect(deleted.size).toBeGreaterThan(0)
  await rm(folder, { recursive: true })
})

/** Lets the process write until it has answered so many times, kills it, and answers all that it said. */
async function runAndKill(path: string, first: number, answers: number): Promise<readonly string[]> {
  const child = spawn(process.execPath, [program, path, String(first)])
  const lines: string[] = []
  const said = readLines(child, line => {
    if (line === 'ready') child.stdin.write('go\n')
    else lines.push(line)
    if (lines.length === answers) child.kill('SIGKILL')
  })
  const [, signal] = await once(child, 'close')
  expect(signal, said.errors()).toBe('SIGKILL')
  return lines
}

/** Whole lines only: the last one may have been cut off. */
function readLines(
  child: ChildProcessWithoutNullStreams,
  tell: (line: string) => void,
): { readonly errors: () => string } {
  let rest = ''
  let errors = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) tell(line)
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text
  })
  return { errors: () => errors }
}

async function check(path: string, stored: ReadonlySet<number>, deleted: ReadonlySet<number>): Promise<void> {
  const store = await openLocalStore(
    openDatabase(path, { migrations: nodeStoreMigrations, synchronous: 'full' }),
    testLimits,
  )
  for (const number of stored) {
    if (deleted.has(number)) expect(await comesBack(store, number), `${number} was deleted`).toBe(false)
    // Whether a delete that was not answered has happened is open.
    else if (number % 3 !== 0) expect(isWhole(store, number), `${number} was answered`).toBe(true)
  }
  const queued = store.queued(peerNumber(1), { maxCount: 1_000_000, maxBytes: 1_000_000_000 }, NOW)
  const ids = new Set(queued.map(each => (each.kind === 'message' ? each.record.hash : undefined)))
  for (const number of stored) {
    if (number % 5 === 0 && number % 3 !== 0) expect(ids.has(killedMessage(number).hash), `${number} waits`).toBe(true)
  }
  await store.close()
}

function isWhole(store: NodeStore, number: number): boolean {
  const { owner, hash, data, expiry } = killedMessage(number)
  const [record] = store.records(owner, [hash], 1_000_000, NOW)
  return record !== undefined && equalBytes(record.data, data) && record.expiry === expiry
}

async function comesBack(store: NodeStore, number: number): Promise<boolean> {
  const { inserted } = await store.insertRecords([killedMessage(number)], NOW)
  return inserted > 0
}
