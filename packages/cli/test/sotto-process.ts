import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))

/** How a `sotto` process ended, and what it said. */
export interface SottoEnd {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs the command as its own process, with `input` on standard input. */
export async function sotto(args: readonly string[], input: string | Uint8Array = ''): Promise<SottoEnd> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...args])
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    // A command that does not read its input closes the pipe.
    child.stdin.on('error', () => {})
    child.stdin.end(input)
    child.once('error', reject)
    child.once('close', code => resolve({ code, stdout, stderr }))
  })
}
