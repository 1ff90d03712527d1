import { type Readable } from 'node:stream'
import { CliError } from './cli-error.ts'

/**
 * Everything that an input has, to its end.
 * @throws {CliError} `cli.too-much-input` for more than the limit
 */
export async function readAll(input: Readable, limitBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of input as AsyncIterable<Uint8Array>) {
    size += chunk.length
    if (size > limitBytes) throw new CliError('cli.too-much-input', { limitBytes })
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
