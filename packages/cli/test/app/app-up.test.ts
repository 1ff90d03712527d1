import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { statSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { systemRandom } from '@sotto/server'
import { afterEach, expect, test } from 'vitest'
import { findFreePorts } from '../../src/network/free-ports.ts'
import { type ReadyReport } from '../../src/network/ready-report.ts'
import { runRawClient } from '../network/run-raw-client.ts'
import { temporaryFolder } from '../network/test-network.ts'
import { sotto } from '../sotto-process.ts'
import { tinyBuild } from './tiny-build.ts'

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
const cleanUp: (() => unknown)[] = []

afterEach(async () => {
  for (const each of cleanUp.splice(0).toReversed()) await each()
})

interface Up {
  readonly child: ChildProcess
  readonly ready: Readonly<Record<'first' | 'second' | 'echo' | 'key' | 'folder', string>>
}

function newFolder(): string {
  const { folder, remove } = temporaryFolder()
  cleanUp.push(remove)
  return folder
}

/** Starts the app, and waits for its line. */
async function up(folder: string, ...args: readonly string[]): Promise<Up> {
  const command = [
    'app',
    'up',
    '--dir',
    join(folder, 'data'),
    '--app',
    tinyBuild(join(folder, 'app')),
    '--json',
    ...args,
  ]
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...command], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  cleanUp.push(async () => {
    if (child.exitCode === null && child.kill('SIGKILL')) await once(child, 'close')
  })
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  return { child, ready: JSON.parse(line) as Up['ready'] }
}

async function end(child: ChildProcess): Promise<unknown> {
  const ended = once(child, 'close')
  child.kill('SIGINT')
  return ended
}

async function occupy(port: number): Promise<void> {
  const server: Server = createServer().listen(port, '127.0.0.1')
  await once(server, 'listening')
  cleanUp.push(() => server.close())
}

test('the app is at two origins, Echo answers, and all is as it was the next time', async () => {
  const folder = newFolder()
  const port = await findFreePorts(1, '127.0.0.1', systemRandom)
  const { child, ready } = await up(folder, '--port', String(port))
  expect(ready).toMatchObject({ first: `http://localhost:${port}`, second: `http://127.0.0.1:${port}` })
  for (const origin of [ready.first, ready.second]) {
    const page = await fetch(origin)
    expect(await page.text()).toBe('<!doctype html><title>Tiny</title>')
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    const signature = (await (await fetch(`${origin}/build.json.sig`)).json()) as { readonly local: boolean }
    expect(signature.local).toBe(true)
    const suggestions = await fetch(`${origin}/.well-known/sotto/suggestions`)
    expect(await suggestions.json()).toEqual({ accounts: [{ id: ready.echo, name: 'Echo' }] })
  }
  expect(statSync(join(folder, 'data/build.key')).mode & 0o777).toBe(0o600)

  const status = await sotto(['network', 'status', '--dir', join(folder, 'data/network')])
  const { seed, gateway } = JSON.parse(status.stdout) as ReadyReport
  expect(gateway).toBe(ready.second)
  const talk = await runRawClient(seed, ready.echo, 'Hello?')
  expect(talk).toMatchObject({ code: 0, output: expect.stringMatching(/\nYou said: Hello\?\n$/) as string })

  // A tab that is open holds a pipe.
  const pipe = new WebSocket(`ws://127.0.0.1:${port}/pipe`, 'sotto-pipe.1')
  await once(pipe, 'open')
  const began = performance.now()
  expect(await end(child)).toEqual([0, null])
  expect(performance.now() - began).toBeLessThan(3000)

  const again = await up(folder)
  expect(again.ready).toEqual(ready)
  await end(again.child)
})

test('a port that is taken gives way to the next one, unless it was asked for', async () => {
  const folder = newFolder()
  const port = await findFreePorts(2, '127.0.0.1', systemRandom)
  const first = await up(folder, '--port', String(port))
  await end(first.child)
  await occupy(port)
  const { child, ready } = await up(folder)
  expect(ready.first).toBe(`http://localhost:${port + 1}`)
  await end(child)

  const app = join(folder, 'app')
  const asked = await sotto([
    'app',
    'up',
    '--dir',
    join(folder, 'data'),
    '--app',
    app,
    '--port',
    String(port),
    '--json',
  ])
  expect(asked).toMatchObject({
    code: 1,
    stdout: '',
    stderr: 'Another program uses this port already: stop it or choose another one with --port.\n',
  })
})

test('a new beginning has a new network and a new Echo, and the same key for the app', async () => {
  const folder = newFolder()
  const port = String(await findFreePorts(1, '127.0.0.1', systemRandom))
  const first = await up(folder, '--port', port)
  await end(first.child)
  const second = await up(folder, '--fresh')
  expect(second.ready.echo).not.toBe(first.ready.echo)
  expect(second.ready.key).toBe(first.ready.key)
  await end(second.child)
})

test.for([
  [['--port', '0'], 2, '--port takes a number from 1 to 65535.\nSee: sotto --help\n'],
  [['--port', 'x'], 2, '--port takes a number from 1 to 65535.\nSee: sotto --help\n'],
] as const)('what makes no sense: %j', async ([args, code, stderr]) => {
  expect(await sotto(['app', 'up', '--dir', newFolder(), ...args])).toEqual({ code, stdout: '', stderr })
})
