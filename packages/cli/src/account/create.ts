import { createAccountSeed, deriveAccountKeys, encodeRecoveryPhrase } from '@sotto/protocol/account'
import { type Command, type CommandPorts } from '../command.ts'
import { readArguments } from '../usage-error.ts'

const warning = `Write the 13 words down and keep them where nobody else finds them. Whoever knows them has the account,
and without them nobody can get it back. They are not stored anywhere.
`

/** `sotto account create` */
export const createAccount: Command = {
  name: 'account create',
  synopsis: '[--json]',
  summary: 'Makes a new account and shows its recovery words',
  help: `An account is nothing but 16 random bytes, which the 13 words say. Nothing is sent or stored.

  --json   prints {"accountId": "05…", "recoveryPhrase": "…"} instead`,
  run: async (args, ports) => create(args, ports),
}

function create(args: readonly string[], ports: CommandPorts): number {
  const { values } = readArguments(args, { json: { type: 'boolean' } })
  const seed = createAccountSeed(ports.random)
  const { accountId } = deriveAccountKeys(seed)
  const recoveryPhrase = encodeRecoveryPhrase(seed)
  seed.wipe()
  ports.print(
    values.json === true
      ? `${JSON.stringify({ accountId, recoveryPhrase })}\n`
      : `Account id:      ${accountId}\nRecovery words:  ${recoveryPhrase}\n`,
  )
  ports.tell(values.json === true ? warning : `\n${warning}`)
  return 0
}
