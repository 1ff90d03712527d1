import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { cpuSeconds, memoryBytes } from './usage.ts'
import { type TaskCall, type TaskResult, type Tasks } from './tasks.ts'

const usualWorker = fileURLToPath(new URL('../worker.ts', import.meta.url))

/** How a child is started. */
export interface ChildOptions {
  /** Options of Node itself, such as `--cpu-prof`. */
  readonly nodeOptions?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  /** What it runs, if not the worker of this benchmark. */
  readonly worker?: string
}

/** A process of this benchmark with a role of its own, seen from the one that directs all. */
export class Child<Known extends Tasks> {
  readonly #process: ChildProcess
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>()
  readonly #ended: Promise<void>
  #lastId = 0

  private constructor(process: ChildProcess) {
    this.#process = process
    process.on('message', (result: TaskResult) => this.#settle(result))
    this.#ended = new Promise(resolve => {
      process.once('exit', () => {
        for (const { reject } of this.#waiting.values()) reject(new Error('a process of the benchmark has ended'))
        resolve()
      })
    })
  }

  /** Starts `bench/node/worker.ts`, or another one, in a role. `Known` is the type of the role's tasks. */
  static async start<Known extends Tasks>(role: string, options: ChildOptions = {}): Promise<Child<Known>> {
    const { nodeOptions = [], environment = {}, worker = usualWorker } = options
    const args = ['--disable-warning=ExperimentalWarning', ...nodeOptions, worker, role]
    const spawned = spawn(process.execPath, args, {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      serialization: 'advanced',
      env: { ...process.env, ...environment },
    })
    const child = new Child<Known>(spawned)
    await child.#wait(0)
    return child
  }

  get pid(): number {
    return this.#process.pid ?? 0
  }

  /** CPU time so far, in seconds. */
  get cpuSeconds(): number {
    return cpuSeconds(this.pid)
  }

  /** Memory now, in bytes. */
  get memory(): ReturnType<typeof memoryBytes> {
    return memoryBytes(this.pid)
  }

  /** Has a task done. */
  ask<Name extends keyof Known & string>(
    name: Name,
    params: Parameters<Known[Name]>[0],
  ): Promise<Awaited<ReturnType<Known[Name]>>> {
    const id = ++this.#lastId
    const answer = this.#wait(id)
    this.#process.send({ id, name, params } satisfies TaskCall)
    return answer as Promise<Awaited<ReturnType<Known[Name]>>>
  }

  /** Lets the process end, and waits until it is gone. */
  async leave(): Promise<void> {
    if (this.#process.connected) this.#process.disconnect()
    await this.#ended
  }

  /** Ends the process as a power cut would. */
  async kill(): Promise<void> {
    this.#process.kill('SIGKILL')
    await this.#ended
  }

  #wait(id: number): Promise<unknown> {
    const waiting = Promise.withResolvers<unknown>()
    this.#waiting.set(id, waiting)
    return waiting.promise
  }

  #settle(result: TaskResult): void {
    const waiting = this.#waiting.get(result.id)
    this.#waiting.delete(result.id)
    if ('problem' in result) waiting?.reject(new Error(result.problem))
    else waiting?.resolve(result.result)
  }
}
