import { createInterface } from 'node:readline'
import { Writable, type Readable } from 'node:stream'
import { CliError } from './cli-error.ts'
import { readAll } from './read-all.ts'

const limitBytes = 4096

/** Standard input, as far as it matters here. */
export type SecretSource = Readable & { readonly isTTY?: boolean }

/**
 * Reads something that nobody should see: one line without echo where a person types, else everything to the end, at
 * most 4 KiB. The question is only asked at a terminal.
 * @throws {CliError} `cli.no-input`, `cli.too-much-input`
 */
export async function readSecret(input: SecretSource, tell: (text: string) => void, question: string): Promise<string> {
  const text =
    input.isTTY === true
      ? await askUnseen(input, tell, question)
      : new TextDecoder().decode(await readAll(input, limitBytes))
  if (text.trim() === '') throw new CliError('cli.no-input')
  return text
}

/** Ctrl-C ends the process as it would anywhere else; Ctrl-D is an empty answer. */
async function askUnseen(input: Readable, tell: (text: string) => void, question: string): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const reader = createInterface({ input, output: nowhere, terminal: true, historySize: 0 })
  tell(question)
  try {
    return await new Promise<string>(resolve => {
      reader.once('line', resolve)
      reader.once('close', () => resolve(''))
      reader.once('SIGINT', () => {
        reader.close()
        tell('\n')
        process.kill(process.pid, 'SIGINT')
      })
    })
  } finally {
    reader.close()
    tell('\n')
  }
}
