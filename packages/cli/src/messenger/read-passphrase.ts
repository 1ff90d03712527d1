import { closeSync, openSync, readSync } from 'node:fs'
import { CliError } from '../cli-error.ts'
import { type CommandPorts } from '../command.ts'
import { UsageError } from '../usage-error.ts'

/** Where a passphrase may come from. Never the command line: other programs see that, and shells remember it. */
export const passphraseOptions = {
  'passphrase-file': { type: 'string' },
  'passphrase-fd': { type: 'string' },
} as const

/** What those options say. */
export interface PassphraseChoice {
  readonly 'passphrase-file'?: string | undefined
  readonly 'passphrase-fd'?: string | undefined
}

/** The help of those options. */
export const passphraseHelp = `  --passphrase-file FILE   reads the passphrase from a file: its first line
  --passphrase-fd N        reads it from an open file descriptor
                           Without either, it is asked for at the terminal when it is needed`

const maxBytes = 1024

/**
 * The passphrase that the options point to, as UTF-8 that the receiver overwrites; `undefined` if they are not there.
 * @throws {UsageError} for both at once, or a bad descriptor
 * @throws {CliError} `cli.no-passphrase`, `cli.too-much-input`
 */
export function givenPassphrase(choice: PassphraseChoice): Uint8Array | undefined {
  const { 'passphrase-file': file, 'passphrase-fd': descriptor } = choice
  if (file !== undefined && descriptor !== undefined) {
    throw new UsageError('Only one of --passphrase-file and --passphrase-fd is expected.')
  }
  if (descriptor !== undefined) {
    if (!/^\d{1,4}$/.test(descriptor)) throw new UsageError('--passphrase-fd takes a number.')
    return firstLine(Number(descriptor))
  }
  return file === undefined ? undefined : readFile(file)
}

/** Asks for a passphrase at the terminal, without echo. */
export async function askPassphrase(ports: CommandPorts, question: string): Promise<Uint8Array> {
  return new TextEncoder().encode(trimLineEnd(await ports.readSecret(question)))
}

function readFile(path: string): Uint8Array {
  let descriptor: number
  try {
    descriptor = openSync(path, 'r')
  } catch (cause) {
    throw new CliError('cli.no-passphrase', {}, { cause })
  }
  try {
    return firstLine(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** Up to the first line feed or the end; read into memory that is not shared with anything. */
function firstLine(descriptor: number): Uint8Array {
  const buffer = new Uint8Array(maxBytes + 2)
  let length = 0
  try {
    while (length < buffer.length && !buffer.subarray(0, length).includes(lineFeed)) {
      const count = readSync(descriptor, buffer, length, buffer.length - length, null)
      if (count === 0) break
      length += count
    }
    const end = buffer.indexOf(lineFeed)
    const line = buffer.subarray(0, end < 0 ? length : end)
    const text = line.at(-1) === carriageReturn ? line.subarray(0, -1) : line
    if (text.length > maxBytes) throw new CliError('cli.too-much-input', { limitBytes: maxBytes })
    if (text.length === 0) throw new CliError('cli.no-passphrase')
    return Uint8Array.from(text)
  } catch (cause) {
    throw cause instanceof CliError ? cause : new CliError('cli.no-passphrase', {}, { cause })
  } finally {
    buffer.fill(0)
  }
}

const lineFeed = 0x0a
const carriageReturn = 0x0d

function trimLineEnd(text: string): string {
  return text.replace(/\r?\n$/, '')
}
