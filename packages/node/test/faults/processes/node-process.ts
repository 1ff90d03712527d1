import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../../../../cli/src/main.ts', import.meta.url))
const cache = fileURLToPath(new URL('../../../../../.cache/node-compile', import.meta.url))
const startMs = 120_000

/** One service node in a process of its own, started as an operator would: `sotto node --config FILE`. */
export class NodeProcess {
  readonly #config: string
  readonly #preload: string | undefined
  readonly #env: Readonly<Record<string, string>>
  #child: ChildProcess | undefined
  /** Everything that its lives have said, on both outputs. */
  readonly output: Uint8Array[] = []
  /** Ends that nobody asked for. */
  readonly unexpectedEnds: string[] = []

  constructor(
    config: string,
    { preload, env = {} }: { readonly preload?: string; readonly env?: Record<string, string> } = {},
  ) {
    this.#config = config
    this.#preload = preload
    this.#env = env
  }

  get isRunning(): boolean {
    return this.#child !== undefined
  }

  /** Ends when the node says that it is ready. */
  async start(): Promise<void> {
    if (this.#child !== undefined) throw new Error('the node runs already')
    const preload = this.#preload === undefined ? [] : ['--import', this.#preload]
    const args = ['--disable-warning=ExperimentalWarning', ...preload, main, 'node', '--config', this.#config]
    const child = spawn(process.execPath, args, {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { ...process.env, NODE_COMPILE_CACHE: cache, ...this.#env },
    })
    this.#child = child
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Uint8Array) => this.output.push(chunk))
    child.once('exit', (code, signal) => {
      if (this.#child !== child) return
      this.#child = undefined
      this.unexpectedEnds.push(`${code ?? signal}`)
    })
    await this.#ready(child)
  }

  /** SIGKILL: nothing is finished. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL')
  }

  /** SIGTERM: an orderly end. */
  async stop(): Promise<void> {
    await this.#end('SIGTERM')
  }

  /** SIGSTOP: it does nothing any more, and its connections stay. */
  freeze(): void {
    this.#child?.kill('SIGSTOP')
  }

  thaw(): void {
    this.#child?.kill('SIGCONT')
  }

  get text(): string {
    return Buffer.concat(this.output).toString('utf8')
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#child
    if (child === undefined) return
    this.#child = undefined
    const ended = new Promise<void>(resolve => {
      child.once('exit', () => resolve())
    })
    child.kill('SIGCONT')
    child.kill(signal)
    const killer = setTimeout(() => child.kill('SIGKILL'), 20_000)
    await ended
    clearTimeout(killer)
  }

  async #ready(child: ChildProcess): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no node was ready in time: ${this.text.slice(-2000)}`)), startMs)
      child.once('message', () => resolve())
      child.once('exit', () => reject(new Error(`a node ended at its start: ${this.text.slice(-2000)}`)))
      child.once('exit', () => clearTimeout(timer))
      child.once('message', () => clearTimeout(timer))
    })
  }
}
