import { spawn } from 'node:child_process'

/** What a program said, both streams in the order of arrival, and how it ended. */
export interface ToolResult {
  /** Exit status; 1 where a signal ended it or it could not start. */
  readonly status: number
  readonly output: string
}

/** What to run and where. */
export interface ToolCall {
  readonly command: string
  readonly args: readonly string[]
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
  /** After this long the program is ended and counts as failed. */
  readonly timeoutMs?: number
}

const DEFAULT_TIMEOUT_MS = 25 * 60_000

/** Runs a program to its end. Never throws: what goes wrong is in the status and the output. */
export async function runTool({ command, args, cwd, env, timeoutMs }: ToolCall): Promise<ToolResult> {
  return new Promise(resolve => {
    const chunks: Buffer[] = []
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: timeoutMs ?? DEFAULT_TIMEOUT_MS,
      killSignal: 'SIGKILL',
    })
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
    const end = (status: number, last: string): void => {
      resolve({ status, output: Buffer.concat(chunks).toString('utf8') + last })
    }
    child.on('error', error => end(1, `${error.message}\n`))
    child.on('close', (code, signal) => end(code ?? 1, signal === null ? '' : `ended by ${signal}\n`))
  })
}

/** A program from the root's installed packages, to be run by this Node, so that PATH does not matter. */
export function installedTool(root: string, script: string, args: readonly string[], cwd = root): ToolCall {
  return { command: process.execPath, args: [`${root}/node_modules/${script}`, ...args], cwd }
}
