import { type Readable } from 'node:stream'
import { CliError } from './cli-error.ts'
import { readAll } from './read-all.ts'

const limitBytes = 65_536

/**
 * All of standard input as text, without the line feed at its end.
 * @throws {CliError} `cli.no-input` if there is nothing, or no UTF-8; `cli.too-much-input`
 */
export async function readText(input: Readable): Promise<string> {
  const text = decode(await readAll(input, limitBytes)).replace(/\r?\n$/, '')
  if (text === '') throw new CliError('cli.no-input')
  return text
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new CliError('cli.no-input', {}, { cause })
  }
}
