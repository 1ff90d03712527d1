import { type RemoteApi } from '@sotto/client/node'
import { CliError } from '../cli-error.ts'
import { type CommandPorts } from '../command.ts'
import { chooseAccount, openHome, passphraseFor } from '../messenger/open-session.ts'
import { type SessionChoice, sessionOptions } from '../messenger/session-options.ts'
import { readArguments } from '../usage-error.ts'

/** `sotto account delete`: see `delete.ts`. */
export async function runDelete(args: readonly string[], ports: CommandPorts): Promise<number> {
  const options = { ...sessionOptions, everywhere: { type: 'boolean' }, yes: { type: 'boolean' } } as const
  const { values } = readArguments(args, options)
  const { everywhere, yes, ...choice } = values
  const home = openHome(choice, ports)
  try {
    const listing = chooseAccount(await home.accounts.list(), choice.account)
    if (yes !== true && !(await isConfirmed(ports))) return 1
    const elsewhere = await home.connect(listing.slot)
    if (elsewhere !== undefined) await lockElsewhere(elsewhere)
    if (everywhere === true) {
      const account = await home.accounts.unlock(listing.slot, await passphraseFor(listing, choice, ports))
      const { client } = await home.start(account)
      const { members } = await client.command('deletion.erase-from-network')
      ports.tell(`${members} nodes confirmed that they have deleted what they kept.\n`)
      await home.stop()
    }
    await home.accounts.remove(listing.slot)
    ports.tell('The account is gone from this machine.\n')
    return 0
  } finally {
    await home.stop()
  }
}

/** `sotto account lock`: see `lock.ts`. */
export async function runLock(args: readonly string[], ports: CommandPorts): Promise<number> {
  const { values } = readArguments(args, sessionOptions)
  const choice: SessionChoice = values
  const home = openHome(choice, ports)
  try {
    const { slot } = chooseAccount(await home.accounts.list(), choice.account)
    const elsewhere = await home.connect(slot)
    if (elsewhere === undefined) {
      ports.tell('It is locked already.\n')
      return 1
    }
    await lockElsewhere(elsewhere)
    return 0
  } finally {
    await home.stop()
  }
}

async function lockElsewhere(elsewhere: RemoteApi): Promise<void> {
  try {
    await elsewhere.command('holder.lock', undefined)
  } finally {
    elsewhere.close()
  }
}

async function isConfirmed(ports: CommandPorts): Promise<boolean> {
  if (ports.terminal === undefined) throw new CliError('cli.no-terminal')
  const answer = await ports.readSecret('This deletes the account here for good. Type "delete" to go on: ')
  return answer.trim() === 'delete'
}
