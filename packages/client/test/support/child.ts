import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { execPath } from 'node:process'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

const script = fileURLToPath(new URL('../node/processes/child.ts', import.meta.url))

/** Another process that works on the same folder. */
export class Child {
  readonly #process: ChildProcessByStdio<null, Readable, null>
  readonly #lines: AsyncIterator<string>
  /** Every line read so far. */
  readonly said: string[] = []

  constructor(task: 'write' | 'hold' | 'change', folder: string, slot: string) {
    this.#process = spawn(execPath, [script, task, folder, slot], { stdio: ['ignore', 'pipe', 'inherit'] })
    this.#lines = createInterface(this.#process.stdout)[Symbol.asyncIterator]()
    onTestFinished(() => void this.#process.kill('SIGKILL'))
  }

  /** The next line; `undefined` once there are no more. */
  async line(): Promise<string | undefined> {
    const { value, done } = await this.#lines.next()
    if (done === true) return undefined
    this.said.push(value)
    return value
  }

  /** Kills it at once, and reads what it had said before. */
  async kill(): Promise<void> {
    const exited = once(this.#process, 'exit')
    this.#process.kill('SIGKILL')
    await exited
    while ((await this.line()) !== undefined);
  }
}
