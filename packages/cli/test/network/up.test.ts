import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { type ReadyReport } from '../../src/network/ready-report.ts'
import { sotto } from '../sotto-process.ts'
import { temporaryFolder } from './test-network.ts'

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
const cleanUp: (() => unknown)[] = []

afterEach(async () => {
  for (const each of cleanUp.splice(0).toReversed()) await each()
})

function newFolder(): string {
  const { folder, remove } = temporaryFolder()
  cleanUp.push(remove)
  return folder
}

/** Starts a network and waits for its line. */
async function up(...args: readonly string[]): Promise<{ readonly child: ChildProcess; readonly report: ReadyReport }> {
  const child = spawn(process.execPath, [
    '--disable-warning=ExperimentalWarning',
    main,
    'network',
    'up',
    ...args,
    '--json',
  ])
  cleanUp.push(async () => {
    if (child.exitCode === null && child.kill('SIGKILL')) await once(child, 'close')
  })
  child.stdout.setEncoding('utf8')
  const [line] = (await once(child.stdout, 'data')) as [string]
  return { child, report: JSON.parse(line) as ReadyReport }
}

test('a network runs until it is told to end over its socket', async () => {
  const folder = newFolder()
  const { child, report } = await up('--dir', folder, '--nodes', '2', '--swarms', '1')
  expect(report.nodes.map(({ swarm }) => swarm)).toEqual(['0000000000000000', '0000000000000000'])
  expect(statSync(join(folder, 'signer.key')).mode & 0o777).toBe(0o600)
  expect(statSync(join(folder, 'nodes/01/node.key')).mode & 0o777).toBe(0o600)
  expect(statSync(join(folder, 'control.sock')).mode & 0o777).toBe(0o600)

  const status = await sotto(['network', 'status', '--dir', folder])
  expect(status.code).toBe(0)
  expect(JSON.parse(status.stdout)).toMatchObject({ seed: report.seed, states: [{ running: true }, { running: true }] })
  expect(await sotto(['network', 'up', '--dir', folder])).toMatchObject({
    code: 1,
    stderr: 'A network runs from this folder already.\n',
  })

  const ended = once(child, 'close')
  expect(await sotto(['network', 'down', '--dir', folder])).toEqual({ code: 0, stdout: '', stderr: '' })
  expect(await ended).toEqual([0, null])
  expect(await sotto(['network', 'status', '--dir', folder])).toEqual({
    code: 1,
    stdout: '',
    stderr: 'No network runs from this folder.\n',
  })
})

test('a node in a process of its own is started again when it falls, and all end with the network', async () => {
  const folder = newFolder()
  const { child } = await up('--dir', folder, '--nodes', '1', '--swarms', '1', '--processes')
  const states = async (): Promise<readonly { running: boolean; restarts: number; pid: number }[]> =>
    (JSON.parse((await sotto(['network', 'status', '--dir', folder])).stdout) as { states: [] }).states
  const [before] = await states()
  process.kill(before?.pid ?? 0, 'SIGKILL')
  let after = await states()
  while (after[0]?.running !== true || after[0].restarts === 0) after = await states()
  expect(after[0].pid).not.toBe(before?.pid)

  const ended = once(child, 'close')
  child.kill('SIGTERM')
  expect(await ended).toEqual([0, null])
  expect(() => process.kill(after[0]?.pid ?? 0, 0)).toThrow('ESRCH')
})

test.for([
  [['--dir', 'x', '--nodes', 'many'], '--nodes takes a number.'],
  [['--dir', 'x', '--base-port', '65536'], '--base-port takes a number.'],
  [['--dir', 'x', '--log-level', 'loud'], '--log-level is one of: error, warn, info, debug, trace.'],
] as const)('what makes no sense: %j', async ([args, sentence]) => {
  const { code, stderr } = await sotto(['network', 'up', ...args])
  expect({ code, stderr }).toEqual({ code: 2, stderr: `${sentence}\nSee: sotto --help\n` })
})

test('a network does not wipe what is not its own', async () => {
  const folder = newFolder()
  writeFileSync(join(folder, 'diary.txt'), 'private')
  const { code, stderr } = await sotto(['network', 'up', '--dir', folder, '--fresh'])
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: 'There are files in this folder that are not of a network: choose another one.\n',
  })
  expect(statSync(join(folder, 'diary.txt')).size).toBe(7)
})

test('a network that would make no sense is not begun', async () => {
  const { code, stderr } = await sotto(['network', 'up', '--dir', newFolder(), '--nodes', '2', '--swarms', '3'])
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: 'A network has 1 to 200 nodes, and at least one of them for each swarm.\n',
  })
})
