import { type ChildProcess, spawn } from 'node:child_process'
import { createHash, randomInt } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openDatabase, systemRandom } from '@sotto/server'
import { expect, onTestFinished, test } from 'vitest'
import { findFreePorts } from '../../src/network/free-ports.ts'
import { temporaryFolder } from '../network/test-network.ts'

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
const rounds = 4
const clients = 6

async function start(data: string, port: number): Promise<ChildProcess> {
  const settings = ['--data', data, '--host', '127.0.0.1', '--port', String(port), '--log-level', 'error']
  const limits = ['--keeping-min-free-bytes', '0', '--clients-put-burst', '100000', '--clients-get-burst', '100000']
  const args = ['--disable-warning=ExperimentalWarning', main, 'files', ...settings, ...limits]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child, 'message')
  return child
}

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** Brings files until nobody answers any more. What was acknowledged is in `kept`. */
async function bring(url: string, kept: Map<string, string>, onKept: () => void): Promise<void> {
  for (;;) {
    const body = systemRandom(randomInt(1, 300_000))
    try {
      const reply = await fetch(`${url}/file`, { method: 'POST', body })
      const { id } = (await reply.json()) as { readonly id: string }
      kept.set(id, hashOf(body))
      onKept()
    } catch {
      return
    }
  }
}

/** Names of all files below the folders of a storage. */
function namesOn(root: string): readonly string[] {
  return existsSync(root) ? readdirSync(root).flatMap(folder => readdirSync(join(root, folder))) : []
}

function recordsOf(data: string): readonly string[] {
  const path = join(data, 'files.db')
  const database = openDatabase(path, { migrations: [''], synchronous: 'full', readonly: true })
  const rows = database.prepare<{ readonly id: string }>('SELECT id FROM files').all()
  database.close()
  return rows.map(({ id }) => id)
}

test('a process that is killed in the middle of uploads loses none that it acknowledged', async () => {
  const { folder: data, remove } = temporaryFolder()
  onTestFinished(remove)
  const port = await findFreePorts(1, '127.0.0.1', systemRandom)
  const url = `http://127.0.0.1:${port}`
  const kept = new Map<string, string>()
  for (let round = 0; round < rounds; round++) {
    const child = await start(data, port)
    for (const [id, hash] of kept) {
      const reply = await fetch(`${url}/file/${id}`)
      expect(hashOf(new Uint8Array(await reply.arrayBuffer()))).toBe(hash)
    }
    const end = kept.size + randomInt(5, 40)
    const onKept = (): void => {
      if (kept.size >= end) child.kill('SIGKILL')
    }
    const ended = once(child, 'exit')
    await Promise.all(Array.from({ length: clients }, async () => bring(url, kept, onKept)))
    await ended
  }
  const child = await start(data, port)
  expect(kept.size).toBeGreaterThan(5 * rounds)
  expect(readdirSync(join(data, 'incoming'))).toEqual([])
  const root = join(data, 'files')
  await expect.poll(() => namesOn(root).toSorted(), { timeout: 20_000 }).toEqual(recordsOf(data).toSorted())
  expect(recordsOf(data)).toEqual(expect.arrayContaining([...kept.keys()]))
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  expect(await ended).toEqual([0, null])
})
