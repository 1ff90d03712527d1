import { MessengerHome, type OpenAccount } from '@sotto/client/node'
import { decodeRecoveryPhrase, encodeRecoveryPhrase } from '@sotto/protocol/account'
import { type CommandPorts } from '../command.ts'
import { messengerHome } from '../messenger/messenger-home.ts'
import { readArguments } from '../usage-error.ts'
import { newAccountOptions, newPassphrase } from './new-passphrase.ts'
import { tellingWhatIsWrong } from './wrong-words.ts'

const warning = `Write the 13 words down and keep them where nobody else finds them. Whoever knows them has the account,
and without them nobody can get it back.
`

/** `sotto account create`: see `create.ts`. */
export async function runCreate(args: readonly string[], ports: CommandPorts): Promise<number> {
  const { values, positionals } = readArguments(args, newAccountOptions, ['NAME'])
  const protection = await protectionOf(values, ports)
  return withHome(values.home, ports, async home => {
    const account = await home.accounts.create(positionals[0] ?? '', protection)
    const recoveryPhrase = encodeRecoveryPhrase(account.origin.seed)
    const { accountId, slot } = account
    ports.print(
      values.json === true
        ? `${JSON.stringify({ account: slot, accountId, recoveryPhrase })}\n`
        : `Account id:      ${accountId}\nRecovery words:  ${recoveryPhrase}\n`,
    )
    ports.tell(values.json === true ? warning : `\n${warning}`)
    return account
  })
}

/** `sotto account restore`: see `restore.ts`. */
export async function runRestore(args: readonly string[], ports: CommandPorts): Promise<number> {
  const { values } = readArguments(args, newAccountOptions)
  const words = await ports.readSecret('Recovery words: ')
  if (tellingWhatIsWrong(ports, () => decodeRecoveryPhrase(words)) === undefined) return 1
  const protection = await protectionOf(values, ports)
  return withHome(values.home, ports, async home => {
    const account = await home.accounts.restore(words, protection)
    const { accountId, slot } = account
    ports.print(values.json === true ? `${JSON.stringify({ account: slot, accountId })}\n` : `${accountId}\n`)
    return account
  })
}

async function protectionOf(
  values: { readonly hint?: string | undefined } & Parameters<typeof newPassphrase>[0],
  ports: CommandPorts,
): Promise<{ readonly passphrase?: Uint8Array; readonly hint?: string }> {
  const passphrase = await newPassphrase(values, ports)
  const hint = values.hint === undefined ? {} : { hint: values.hint }
  return passphrase === undefined ? hint : { ...hint, passphrase }
}

async function withHome(
  given: string | undefined,
  { env }: CommandPorts,
  make: (home: MessengerHome) => Promise<OpenAccount>,
): Promise<number> {
  const home = new MessengerHome({ folder: messengerHome(given, env) })
  try {
    const account = await make(home)
    await home.accounts.lock(account.slot)
    return 0
  } finally {
    await home.stop()
  }
}
