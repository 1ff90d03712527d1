import { type ErrorDetail } from '@sotto/protocol/error'
import { decodeRecoveryPhrase, deriveAccountKeys, PhraseError, type AccountSeed } from '@sotto/protocol/account'
import { type Command, type CommandPorts } from '../command.ts'
import { parseOptions, UsageError } from '../usage-error.ts'

/** `sotto account show` */
export const showAccount: Command = {
  name: 'account show',
  synopsis: '[--json]',
  summary: 'Shows the account id that belongs to recovery words',
  help: `Asks for the 13 words, which do not appear while you type, or reads them from standard input:

  sotto account show < words.txt

They are never given as arguments: other programs on the machine can see those, and shells remember them.

  --json   prints {"accountId": "05…"} instead`,
  run: show,
}

async function show(args: readonly string[], ports: CommandPorts): Promise<number> {
  const { values, positionals } = parseOptions(args, { json: { type: 'boolean' } })
  if (positionals.length > 0)
    throw new UsageError('Recovery words are never given as arguments, but on standard input.')
  const text = await ports.readSecret('Recovery words: ')
  const seed = readSeed(text, ports)
  if (seed === undefined) return 1
  const { accountId } = deriveAccountKeys(seed)
  seed.wipe()
  ports.print(values.json === true ? `${JSON.stringify({ accountId })}\n` : `${accountId}\n`)
  return 0
}

/** Tells what is wrong with the words as exactly as is known, but none of the words. */
function readSeed(text: string, ports: CommandPorts): AccountSeed | undefined {
  try {
    return decodeRecoveryPhrase(text)
  } catch (error) {
    if (!(error instanceof PhraseError)) throw error
    ports.tell(`${sentenceFor(error)}\n`)
    return undefined
  }
}

function sentenceFor({ code, detail, sentence }: PhraseError): string {
  const { position, words }: ErrorDetail = detail
  if (code === 'phrase.invalid-word' && position !== undefined) {
    return `Word ${String(position)} is not a word of recovery phrases.`
  }
  const isCount = code === 'phrase.too-short' || code === 'phrase.too-long'
  return isCount && words !== undefined ? `${sentence} These are ${String(words)}.` : sentence
}
