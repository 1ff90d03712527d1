import { parseAnyId, type AnyId } from '@sotto/protocol/account'
import { type Command, type CommandPorts } from '../command.ts'
import { readArguments } from '../usage-error.ts'

const kinds: { readonly [Kind in AnyId['kind']]: string } = {
  account: 'an account id',
  group: 'a group id',
  blinded15: 'the id of an account that is blinded for one community server (first scheme)',
  blinded25: 'the id of an account that is blinded for one community server (second scheme)',
  unblinded: 'the id of an account towards a community server without blinding',
  'version-check': 'an identity for asking the file server about new versions, and nothing else',
}

/** `sotto account check` */
export const checkAccount: Command = {
  name: 'account check',
  synopsis: 'ID',
  summary: 'Says whether an id is well-formed, and what it is the id of',
  help: `Takes account ids (05…), group ids (03…) and the ids that community and file servers see (00…, 07…, 15…, 25…).
Nobody is asked whether there is such an account: the exit code is 0 for a well-formed id and 1 for any other text.`,
  run: async (args, ports) => check(args, ports),
}

function check(args: readonly string[], ports: CommandPorts): number {
  const { positionals } = readArguments(args, {}, ['ID'])
  const [text = ''] = positionals
  const { kind, id } = parseAnyId(text)
  ports.print(`${id}\nThis is ${kinds[kind]}.\n`)
  return 0
}
