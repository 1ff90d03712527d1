import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** The example client: one file that imports nothing of ours. */
export const rawClient = fileURLToPath(new URL('../../../../docs/examples/raw-client.mjs', import.meta.url))

/** Runs it to its end, and gives all that it wrote. */
export async function runRawClient(
  ...args: readonly string[]
): Promise<{ readonly code: number | null; readonly output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [rawClient, ...args])
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (output += text))
    }
    child.once('error', reject)
    child.once('close', code => resolve({ code, output }))
  })
}
