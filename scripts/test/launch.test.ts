import { spawnSync } from 'node:child_process'
import { hostname } from 'node:os'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { findNpm } from '../launch/npm.mjs'
import { LaunchFolder } from './launch-folder.ts'

const old = { SOTTO_LAUNCH_SYSTEM_NODE: '20.11.1' }
const tellArguments = `console.log(JSON.stringify(process.argv.slice(2)))`
const waitForever = `setInterval(() => {}, 1000)`

let folder: LaunchFolder
beforeEach(() => {
  folder = new LaunchFolder()
})
afterEach(() => folder.remove())

describe('a start', () => {
  test('passes arguments on as they are', async () => {
    const args = ['one two', '', '--flag=ü', '"quoted"', '$HOME', '*']
    const end = await folder.launch(tellArguments, args)
    expect(JSON.parse(end.stdout)).toEqual(args)
    expect(end.code).toBe(0)
  })

  test('keeps the folder it was started in, and hands standard input through', async () => {
    const running = folder.start(`process.stdin.on('data', text => process.stdout.write(process.cwd() + text))`)
    running.child.stdin?.end('!')
    expect((await running.ended).stdout).toBe(`${process.cwd()}!`)
  })

  test('ends with the exit code of the program', async () => {
    expect((await folder.launch('process.exit(43)')).code).toBe(43)
    expect((await folder.launch(`throw new Error('broken')`)).code).toBe(1)
  })

  test.for(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('forwards %s', async signal => {
    const running = folder.start(`process.on('${signal}', () => process.exit(7)); ${waitForever}; console.log('ready')`)
    await running.said('ready')
    running.child.kill(signal)
    expect(await running.ended).toMatchObject({ code: 7, signal: null })
  })

  test('dies by the signal that the program died by', async () => {
    const running = folder.start(`${waitForever}; console.log('ready')`)
    await running.said('ready')
    running.child.kill('SIGTERM')
    expect(await running.ended).toMatchObject({ code: null, signal: 'SIGTERM' })
    expect(await folder.launch(`process.kill(process.pid, 'SIGKILL')`)).toMatchObject({ code: null, signal: 'SIGKILL' })
  })

  test('strips types without a warning', async () => {
    const end = await folder.launch('const answer: number = 42\nconsole.log(answer)')
    expect(end.stdout).toBe('42\n')
    folder.write('npm/calls', '')
    expect((await folder.launch('const answer: number = 42')).stderr).toBe('')
  })

  test('says what is missing in a sentence', async () => {
    const nothing = spawnSync(process.execPath, [folder.path('scripts/launch.mjs')], { encoding: 'utf8' })
    expect(nothing).toMatchObject({ status: 2, stderr: expect.stringMatching(/^Usage: /) as string })
    const unknown = spawnSync(process.execPath, [folder.path('scripts/launch.mjs'), 'later.ts'], { encoding: 'utf8' })
    expect(unknown).toMatchObject({ status: 1, stderr: 'There is no later.ts here (yet).\n' })
  })
})

describe('packages', () => {
  const elsewhere = process.platform === 'darwin' ? 'linux' : 'darwin'

  test('are installed at the first start and left alone at the second', async () => {
    const first = await folder.launch(tellArguments)
    expect(first.stderr).toBe('Installing packages (once) …\n')
    expect(folder.npmCalls()).toMatchObject([{ folder: folder.root, node: process.execPath }])
    expect(folder.npmCalls()[0]?.args).toEqual(expect.arrayContaining(['ci', '--ignore-scripts', '--include=optional']))
    expect((await folder.launch(tellArguments)).stderr).toBe('')
    expect(folder.npmCalls()).toHaveLength(1)
  })

  test('that another npm installed completely are accepted as they are', async () => {
    folder.writeLockfile({
      plain: { version: '1.0.0' },
      native: { version: '2.0.0', optional: true, os: [process.platform] },
      foreign: { version: '2.0.0', optional: true, os: [elsewhere] },
    })
    folder.writeTree({ plain: '1.0.0', native: '2.0.0' })
    expect((await folder.launch(tellArguments)).code).toBe(0)
    expect(folder.npmCalls()).toEqual([])
    expect(folder.has('node_modules/.sotto-install.json')).toBe(true)
  })

  test('are repaired when an optional native one was left out', async () => {
    folder.writeLockfile({
      plain: { version: '1.0.0' },
      native: { version: '2.0.0', optional: true, os: [process.platform] },
    })
    folder.writeTree({ plain: '1.0.0' })
    expect((await folder.launch(tellArguments)).stderr).toContain('installing them again')
    expect(folder.has('node_modules/native/package.json')).toBe(true)
  })

  test('are installed again when the lockfile asks for others', async () => {
    await folder.launch(tellArguments)
    folder.writeLockfile({ plain: { version: '1.0.1' } })
    await folder.launch(tellArguments)
    expect(folder.npmCalls()).toHaveLength(2)
  })

  test('are looked through again when the marker is for another Node, or npm has been at work since', async () => {
    await folder.launch(tellArguments)
    const marker = folder.read('node_modules/.sotto-install.json')
    folder.write('node_modules/.sotto-install.json', marker.replace(/"abi":"\d+"/, '"abi":"115"'))
    await folder.launch(tellArguments)
    expect(folder.read('node_modules/.sotto-install.json')).toBe(marker)
    expect(folder.npmCalls()).toHaveLength(1)

    folder.write('node_modules/.package-lock.json', '{"packages":{}}')
    await folder.launch(tellArguments)
    expect(folder.npmCalls()).toHaveLength(2)
    expect(folder.read('node_modules/.sotto-install.json')).toBe(marker)
  })

  test('for which the registry lacks optional ones are installed from the lockfile all the same', async () => {
    folder.writeLockfile({
      plain: { version: '1.0.0' },
      foreign: { version: '2.0.0', optional: true, os: [elsewhere] },
    })
    const refusal =
      'npm error `npm ci` can only install …\nnpm error Missing: foreign@ from lock file\nnpm http fetch GET 200 https://registry/foreign 9ms (cache stale)\n'
    expect((await folder.launch(tellArguments, [], { FAKE_NPM_SAYS: refusal })).code).toBe(0)
    expect(folder.npmCalls().map(call => call.args.slice(0, 2))).toEqual([
      ['ci', '--ignore-scripts'],
      ['install', '--no-save'],
    ])
  })

  test('that npm left out without calling it a failure are named, and tried again', async () => {
    folder.writeLockfile({
      plain: { version: '1.0.0' },
      '@some/native': { version: '2.0.0', optional: true, os: [process.platform] },
    })
    const first = await folder.launch(tellArguments, [], { FAKE_NPM_LACKS: '@some/native' })
    expect(first).toMatchObject({ code: 0, stdout: '[]\n' })
    expect(first.stderr).toContain('could not be had: @some/native.')
    expect((await folder.launch(tellArguments)).stderr).toContain('installing them again')
    expect((await folder.launch(tellArguments)).stderr).toBe('')
  })

  test('that could not be looked up for want of a network are not tried again', async () => {
    folder.writeLockfile({ foreign: { version: '2.0.0', optional: true, os: [elsewhere] } })
    const refusal =
      'npm http fetch GET https://registry/foreign attempt 3 failed with ENOTFOUND\nnpm error Missing: foreign@ from lock file\n'
    const end = await folder.launch(tellArguments, [], { FAKE_NPM_SAYS: refusal })
    expect(end.stderr).toContain('There is no connection to the npm registry')
    expect(folder.npmCalls()).toHaveLength(1)
  })

  test('that the lockfile really lacks are refused', async () => {
    const refusal =
      'npm error `npm ci` can only install …\nnpm error code EUSAGE\nnpm error Missing: plain@1.0.0 from lock file\n'
    const end = await folder.launch(tellArguments, [], { FAKE_NPM_SAYS: refusal })
    expect(end).toMatchObject({ code: 1, stdout: '' })
    expect(end.stderr).toContain('package.json and package-lock.json do not fit together')
    expect(end.stderr).toContain('Missing: plain@1.0.0 from lock file')
  })
})

describe('an old Node', () => {
  test('is replaced by the locked one, for the program, its children and npm', async () => {
    const end = await folder.launch(`console.log(process.env.FETCHED, process.env.PATH)`, [], old)
    expect(end.stderr).toMatch(/this is Node 20\.11\.1: fetching node-\S+ 2\d\.\S+ \(once\)/)
    const calls = folder.npmCalls()
    expect(calls.map(call => call.folder)).toEqual([folder.path('tools/node'), folder.root])
    expect(calls[0]?.args).toContain('--ignore-scripts')
    expect(end.stdout.startsWith(`yes ${folder.path('tools/node/node_modules/node-')}`)).toBe(true)
    expect((await folder.launch(tellArguments, [], old)).stderr).toBe('')
    expect(folder.npmCalls()).toHaveLength(2)
  })

  test('of the same number but too young counts as old', async () => {
    await folder.launch(tellArguments, [], { SOTTO_LAUNCH_SYSTEM_NODE: '24.3.0' })
    expect(folder.npmCalls()).toHaveLength(2)
  })

  test('is named where no other can be fetched', async () => {
    folder.write('tools/node/package.json', '{"optionalDependencies":{}}')
    const end = await folder.launch(tellArguments, [], old)
    expect(end).toMatchObject({ code: 1, stdout: '' })
    expect(end.stderr).toMatch(
      /this is Node 20\.11\.1, and for \S+ on \S+ there is none to fetch\.\nInstall Node 24 from https/,
    )
    expect(folder.npmCalls()).toEqual([])
  })

  test('is fetched again when the first fetch was interrupted', async () => {
    await folder.launch(tellArguments, [], old)
    folder.write('tools/node/node_modules/.sotto-node.json', '')
    // What npm does first.
    folder.write(
      'npm/npm-cli.cjs',
      `require('node:fs').rmSync('node_modules', { recursive: true })\n${folder.read('npm/npm-cli.cjs')}`,
    )
    expect((await folder.launch(tellArguments, [], old)).code).toBe(0)
    expect(folder.npmCalls()).toHaveLength(3)
  })
})

describe('a failed install', () => {
  test.for([
    [
      'npm error code ENOTFOUND\nnpm error network request to https://registry failed',
      'There is no connection to the npm registry',
    ],
    ['npm error code EACCES\nnpm error syscall mkdir', 'No permission to write to'],
    ['npm error code EROFS', 'read-only file system'],
    ['npm error code ENOSPC\nnpm error nospc', 'The disk is full'],
    ['npm error code EINTEGRITY', 'wrong checksum'],
    ['npm error code E404', 'does not have a package'],
    ['npm error something new', 'in a way that is not known here'],
  ] as const)('is told in plain words: %s', async ([says, words]) => {
    const end = await folder.launch(tellArguments, [], { FAKE_NPM_SAYS: says })
    expect(end).toMatchObject({ code: 1, stdout: '' })
    expect(end.stderr).toContain(words)
    expect(end.stderr).toContain(`  ${says.split('\n')[0] ?? ''}`)
    expect(end.stderr).not.toMatch(/^\s+at /m)
    expect((await folder.launch(tellArguments)).code).toBe(0)
  })

  test('is not waited for when nothing can be reached', async () => {
    const cached = 'npm http fetch GET 200 https://registry/y 9ms (cache stale)\n'
    const says = cached + 'npm http fetch GET https://registry/x attempt 2 failed with ECONNREFUSED\n'.repeat(3)
    const end = await folder.launch(tellArguments, [], { FAKE_NPM_SAYS: says })
    expect(end).toMatchObject({ code: 1, stdout: '' })
    expect(end.stderr).toContain('There is no connection to the npm registry')
  })

  test('of Node itself also tells where else to get it', async () => {
    const end = await folder.launch(tellArguments, [], { ...old, FAKE_NPM_SAYS: 'npm error code EAI_AGAIN' })
    expect(end.stderr).toContain('install Node 24 yourself from https://nodejs.org')
  })

  test('of Node that npm calls a success is none', async () => {
    const end = await folder.launch(tellArguments, [], { ...old, FAKE_NPM_LACKS: 'node-' })
    expect(end).toMatchObject({ code: 1, stdout: '' })
    expect(end.stderr).toContain('Could not install Node 2')
  })

  test('for want of npm names npm', () => {
    const node = folder.path('lonely/bin/node')
    expect(() => findNpm({ PATH: folder.path('empty') }, node)).toThrow('npm was not found')
    folder.write('lonely/lib/node_modules/npm/bin/npm-cli.js', '')
    const { script } = findNpm({ npm_execpath: '/opt/pnpm/pnpm.cjs' }, node)
    expect(script).toBe(folder.path('lonely/lib/node_modules/npm/bin/npm-cli.js'))
  })
})

describe('two starts at once', () => {
  test('install only once', async () => {
    const release = folder.path('release')
    const first = folder.start(tellArguments, ['first'], { FAKE_NPM_WAITS: release })
    await first.said('Installing packages')
    const second = folder.start(tellArguments, ['second'])
    await second.said('Waiting for another start')
    folder.write('release', '')
    expect((await first.ended).stdout).toBe('["first"]\n')
    expect((await second.ended).stdout).toBe('["second"]\n')
    expect(folder.npmCalls()).toHaveLength(1)
    expect(folder.has('.cache/install.lock')).toBe(false)
  })

  test('do not wait for one that is gone', async () => {
    const gone = spawnSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' })
    const holder = { token: 'x', pid: Number(gone.stdout), host: hostname() }
    folder.write('.cache/install.lock/holder.json', JSON.stringify(holder))
    expect((await folder.launch(tellArguments)).code).toBe(0)
    expect(folder.has('.cache/install.lock')).toBe(false)
  })

  test('give way to the signal that stops an install', async () => {
    const running = folder.start(tellArguments, [], { FAKE_NPM_WAITS: folder.path('never') })
    await running.said('Installing packages')
    while (folder.npmCalls().length === 0) await new Promise(resolve => setImmediate(resolve))
    running.child.kill('SIGTERM')
    expect(await running.ended).toMatchObject({ code: null, signal: 'SIGTERM' })
    expect(folder.has('.cache/install.lock')).toBe(false)
  })
})
