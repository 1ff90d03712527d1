import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { openDatabase } from '@sotto/server'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { migrations } from './sample-operations.ts'

const child = fileURLToPath(new URL('./kill-child.ts', import.meta.url))

/** Runs the child until it has acknowledged so many writes, kills it with SIGKILL, and gives all that it acknowledged. */
async function writeAndKill(path: string, from: number, count: number): Promise<readonly number[]> {
  const running = spawn(process.execPath, [child, path, String(from)], { stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  running.stdout.setEncoding('utf8')
  running.stdout.on('data', (chunk: string) => {
    text += chunk
    if (text.split('\n').length > count) running.kill('SIGKILL')
  })
  const [, signal] = (await once(running, 'close')) as [number, string]
  expect(signal).toBe('SIGKILL')
  return text.split('\n').slice(0, -1).map(Number)
}

test('after kill -9 in the midst of writing every acknowledged write is there', async () => {
  const path = join(temporaryFolder(), 'a.db')
  const acknowledged: number[] = []
  for (const [round, count] of [1, 40, 200, 700].entries()) {
    acknowledged.push(...(await writeAndKill(path, round * 1_000_000, count)))
    const database = openDatabase(path, { migrations, synchronous: 'full' })
    const rows = database
      .prepare<{ readonly id: number; readonly data: Uint8Array }>('SELECT id, data FROM items')
      .all()
    const stored = new Map(rows.map(({ id, data }) => [id, data]))
    expect(acknowledged.filter(id => !stored.has(id))).toEqual([])
    expect(rows.every(({ id, data }) => data.length === 2000 && data.every(byte => byte === id % 256))).toBe(true)
    expect(database.isIntact('full')).toBe(true)
    database.close()
  }
})
