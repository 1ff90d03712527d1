import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { NetworkError } from './network-error.ts'
import { type NodeHost, type NodeState } from './node-host.ts'

const main = fileURLToPath(new URL('../main.ts', import.meta.url))
const startMs = 30_000
/** How much longer a process may take to end than its node. */
const exitMs = 5000
const firstPauseMs = 200
const longestPauseMs = 10_000

/** A server with a process of its own: `sotto node --config FILE`. When it ends without having been told to, it is started again. */
export class ChildNode implements NodeHost {
  readonly #config: string
  readonly #command: 'node' | 'gateway' | 'files'
  #child: ChildProcess | undefined
  #isReady = false
  #restarts = 0
  #pauseMs = firstPauseMs
  readonly #stopping = new AbortController()

  /** `config` is the file with the settings. */
  constructor(config: string, command: 'node' | 'gateway' | 'files' = 'node') {
    this.#config = config
    this.#command = command
  }

  /** @throws {NetworkError} `network.node-failed` */
  async start(): Promise<void> {
    await this.#launch()
  }

  async stop(deadlineMs: number): Promise<void> {
    this.#stopping.abort()
    const child = this.#child
    if (child === undefined) return
    const ended = new Promise<void>(resolve => {
      child.once('exit', () => resolve())
    })
    child.kill('SIGTERM')
    const killer = setTimeout(() => child.kill('SIGKILL'), deadlineMs + exitMs)
    await ended
    clearTimeout(killer)
  }

  async state(): Promise<NodeState> {
    const pid = this.#child?.pid ?? 0
    return { running: this.#isReady, pid, restarts: this.#restarts, stats: {} }
  }

  async #launch(): Promise<void> {
    const args = ['--disable-warning=ExperimentalWarning', main, this.#command, '--config', this.#config]
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
    this.#child = child
    child.once('exit', () => void this.#ended(child))
    await untilReady(child)
    this.#isReady = true
    this.#pauseMs = firstPauseMs
  }

  async #ended(child: ChildProcess): Promise<void> {
    if (this.#child === child) this.#child = undefined
    this.#isReady = false
    const { signal } = this.#stopping
    if (signal.aborted) return
    const pause = this.#pauseMs
    this.#pauseMs = Math.min(longestPauseMs, 2 * pause)
    await sleep(pause, undefined, { signal }).catch(() => undefined)
    if (signal.aborted) return
    this.#restarts++
    // If this one fails as well, its end is what starts the next.
    await this.#launch().catch(() => undefined)
  }
}

/** The node says `ready` to its parent. */
async function untilReady(child: ChildProcess): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const fail = (): void => reject(new NetworkError('network.node-failed'))
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      fail()
    }, startMs)
    child.once('message', () => {
      clearTimeout(timer)
      resolve()
    })
    child.once('exit', () => {
      clearTimeout(timer)
      fail()
    })
    child.once('error', fail)
  })
}
