import { decodeRecoveryPhrase, deriveAccountKeys } from '@sotto/protocol/account'
import { type Command, type CommandPorts } from '../command.ts'
import { parseOptions, UsageError } from '../usage-error.ts'
import { tellingWhatIsWrong } from './wrong-words.ts'

/** `sotto account id` */
export const idOfWords: Command = {
  name: 'account id',
  synopsis: '[--json]',
  summary: 'Shows the account id that belongs to recovery words',
  help: `Asks for the 13 words, which do not appear while you type, or reads them from standard input:

  sotto account id < words.txt

They are never given as arguments: other programs on the machine can see those, and shells remember them.

  --json   prints {"accountId": "05…"} instead`,
  run: tellId,
}

async function tellId(args: readonly string[], ports: CommandPorts): Promise<number> {
  const { values, positionals } = parseOptions(args, { json: { type: 'boolean' } })
  if (positionals.length > 0)
    throw new UsageError('Recovery words are never given as arguments, but on standard input.')
  const text = await ports.readSecret('Recovery words: ')
  const seed = tellingWhatIsWrong(ports, () => decodeRecoveryPhrase(text))
  if (seed === undefined) return 1
  const { accountId } = deriveAccountKeys(seed)
  seed.wipe()
  ports.print(values.json === true ? `${JSON.stringify({ accountId })}\n` : `${accountId}\n`)
  return 0
}
