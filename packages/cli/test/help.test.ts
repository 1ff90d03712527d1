import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { commands } from '../src/commands.ts'
import { sotto } from './sotto-process.ts'

test.for([['--help'], ['help'], ['-h'], ['help', '--help']])('%s lists every command', async args => {
  const { code, stdout, stderr } = await sotto(args)
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  for (const { name, summary } of commands) expect(stdout).toMatch(new RegExp(`^  ${name} +${summary}$`, 'm'))
})

test('without a command the list goes to standard error', async () => {
  const { code, stdout, stderr } = await sotto([])
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain('Usage: sotto COMMAND')
})

test.for(commands)('help for $name', async ({ name, synopsis, help }) => {
  const asked = await sotto(['help', ...name.split(' ')])
  expect(asked).toMatchObject({ code: 0, stderr: '' })
  expect(asked.stdout).toContain(`Usage: sotto ${name} ${synopsis}`.trim())
  expect(asked.stdout).toContain(typeof help === 'string' ? help : await help())
  expect(await sotto([...name.split(' '), '--help'])).toEqual(asked)
})

test('help for a group of commands', async () => {
  const { code, stdout } = await sotto(['help', 'account'])
  expect(code).toBe(0)
  for (const { name } of commands.filter(each => each.name.startsWith('account '))) expect(stdout).toContain(name)
  expect((await sotto(['account', '--help'])).stdout).toBe(stdout)
})

test('the version is that of the package', async () => {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string
  }
  expect(await sotto(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' })
})

test.for([
  [['frobnicate'], 'There is no command "frobnicate".'],
  [['help', 'frobnicate'], 'There is no command "frobnicate".'],
  [['--frobnicate'], 'There is no command "--frobnicate".'],
  [['account'], 'After "account" comes one of: create, restore, list, show, lock, delete, id, check.'],
  [
    ['account', 'abbey', 'abducts'],
    'After "account" comes one of: create, restore, list, show, lock, delete, id, check.',
  ],
  [['account', 'create', '--loud'], "Unknown option '--loud'."],
  [['account', 'list', 'abbey'], 'This command takes no arguments.'],
  [['account', 'create'], 'NAME is missing.'],
] as const)('a command line that makes no sense: %s', async ([args, sentence]) => {
  const { code, stdout, stderr } = await sotto(args)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toBe(`${sentence}\nSee: sotto --help\n`)
})
