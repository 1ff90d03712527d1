import { spawn, type ChildProcess } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const repository = fileURLToPath(new URL('../..', import.meta.url))

/** One call of the npm that stands in for the real one. */
export interface NpmCall {
  readonly folder: string
  readonly args: readonly string[]
  readonly node: string
}

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

/** A process that is still running; `said` waits until its output contains a text. */
export interface Running {
  readonly child: ChildProcess
  readonly ended: Promise<Ended>
  said(text: string): Promise<void>
}

/**
 * A throw-away repository with the real launcher, a small lockfile and an npm that needs no network: it writes down each
 * call and puts files where npm would. `FAKE_NPM_SAYS` makes it fail with that output, `FAKE_NPM_LACKS` leave out a
 * package and succeed, `FAKE_NPM_WAITS` makes it wait
 * until a file of that name appears.
 */
export class LaunchFolder {
  readonly root = mkdtempSync(join(tmpdir(), 'sotto launch '))

  constructor() {
    cpSync(join(repository, 'scripts/launch.mjs'), join(this.root, 'scripts/launch.mjs'))
    cpSync(join(repository, 'scripts/launch'), join(this.root, 'scripts/launch'), { recursive: true })
    cpSync(join(repository, 'tools/node/package.json'), join(this.root, 'tools/node/package.json'))
    this.write('package.json', JSON.stringify({ name: 'small', type: 'module' }))
    this.writeLockfile({ plain: { version: '1.0.0' } })
    this.write('npm/npm-cli.cjs', fakeNpm)
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true })
  }

  path(name: string): string {
    return join(this.root, name)
  }

  has(name: string): boolean {
    return existsSync(this.path(name))
  }

  read(name: string): string {
    return readFileSync(this.path(name), 'utf8')
  }

  write(name: string, text: string): void {
    mkdirSync(dirname(this.path(name)), { recursive: true })
    writeFileSync(this.path(name), text)
  }

  /** The root depends on all of them; those marked so, optionally. */
  writeLockfile(packages: Readonly<Record<string, { version: string; optional?: boolean; os?: string[] }>>): void {
    const names = Object.entries(packages).map(
      ([name, entry]) => [name, entry.version, entry.optional === true] as const,
    )
    const pick = (optional: boolean) =>
      Object.fromEntries(names.filter(entry => entry[2] === optional).map(([name, version]) => [name, version]))
    const entries = Object.entries(packages).map(([name, entry]) => [`node_modules/${name}`, entry])
    const root = { name: 'small', dependencies: pick(false), optionalDependencies: pick(true) }
    const lock = { lockfileVersion: 3, packages: { '': root, ...Object.fromEntries(entries) } }
    this.write('package-lock.json', JSON.stringify(lock))
  }

  /** What a person's own npm leaves behind: these packages and npm's note of them, and no marker of ours. */
  writeTree(packages: Readonly<Record<string, string>>): void {
    rmSync(this.path('node_modules'), { recursive: true, force: true })
    const entries = Object.entries(packages).map(([name, version]) => [`node_modules/${name}`, { version }])
    for (const name of Object.keys(packages)) this.write(`node_modules/${name}/package.json`, '{}')
    this.write('node_modules/.package-lock.json', JSON.stringify({ packages: Object.fromEntries(entries) }))
  }

  npmCalls(): NpmCall[] {
    if (!this.has('npm/calls')) return []
    // Read while npm runs, the last line may be half there: only what ends counts.
    const lines = this.read('npm/calls').split('\n').slice(0, -1)
    return lines.map(line => JSON.parse(line) as NpmCall)
  }

  /** Starts the launcher on a file with the given text. */
  start(program: string, args: readonly string[] = [], env: Readonly<Record<string, string>> = {}): Running {
    this.write('program.ts', program)
    const child = spawn(process.execPath, [this.path('scripts/launch.mjs'), 'program.ts', ...args], {
      env: { ...process.env, npm_execpath: this.path('npm/npm-cli.cjs'), ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    return watch(child)
  }

  launch(program: string, args: readonly string[] = [], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
    const running = this.start(program, args, env)
    running.child.stdin?.end()
    return running.ended
  }
}

/** Gathers a child's output from the start. */
function watch(child: ChildProcess): Running {
  let stdout = ''
  let stderr = ''
  const waiting: { text: string; tell: () => void }[] = []
  const look = (): void => {
    for (const { text, tell } of waiting) if ((stdout + stderr).includes(text)) tell()
  }
  child.stdout?.setEncoding('utf8').on('data', (text: string) => ((stdout += text), look()))
  child.stderr?.setEncoding('utf8').on('data', (text: string) => ((stderr += text), look()))
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr }))
  })
  const said = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      waiting.push({ text, tell: resolve })
      look()
      void ended.then(end => reject(new Error(`ended without saying "${text}": ${JSON.stringify(end)}`)), reject)
    })
  return { child, ended, said }
}

const fakeNpm = `
const { appendFileSync, chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } = require('node:fs')
const { basename, join } = require('node:path')
const folder = process.cwd()
const { FAKE_NPM_SAYS: says, FAKE_NPM_WAITS: waits, FAKE_NPM_LACKS: lacks = '' } = process.env
appendFileSync(join(__dirname, 'calls'), JSON.stringify({ folder, args: process.argv.slice(2), node: process.execPath }) + '\\n')
while (waits && !existsSync(waits)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20)
if (says && !process.argv.includes('install')) {
  process.stderr.write(says)
  if (says.includes('attempt 2')) setInterval(() => {}, 1000)
  else process.exit(1)
  return
}
const put = (name, text) => {
  mkdirSync(join(folder, name, '..'), { recursive: true })
  writeFileSync(join(folder, name), text)
}
if (basename(folder) === 'node') {
  for (const name of Object.keys(require(join(folder, 'package.json')).optionalDependencies)) {
    if (name.startsWith(lacks || '?')) continue
    const node = 'node_modules/' + name + '/bin/node'
    put(node, '#!/bin/sh\\nFETCHED=yes exec "' + process.execPath + '" "$@"\\n')
    chmodSync(join(folder, node), 0o755)
  }
} else {
  const { packages } = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'))
  const { '': root, ['node_modules/' + lacks]: lacking, ...rest } = packages
  if (lacking) process.stderr.write('npm verbose reify failed optional dependency ' + lacks + '\\n')
  for (const path of Object.keys(rest)) put(path + '/package.json', '{}')
  put('node_modules/.package-lock.json', JSON.stringify({ packages: rest }))
}
`
