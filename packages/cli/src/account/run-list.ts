import { type AccountListing, MessengerHome } from '@sotto/client/node'
import { TypedClient } from '@sotto/client'
import { cleanLine } from '../chat/clean-text.ts'
import { type CommandPorts } from '../command.ts'
import { messengerHome } from '../messenger/messenger-home.ts'
import { readArguments } from '../usage-error.ts'

/** `sotto account list`: see `list.ts`. */
export async function runList(args: readonly string[], { env, print, tell }: CommandPorts): Promise<number> {
  const { values } = readArguments(args, { home: { type: 'string' }, json: { type: 'boolean' } })
  const home = new MessengerHome({ folder: messengerHome(values.home, env) })
  try {
    const listings = await home.accounts.list()
    const ids = await Promise.all(listings.map(async ({ slot }) => idOf(home, slot)))
    if (values.json === true) {
      const rows = listings.map(({ slot, ...rest }, at) => ({ account: slot, ...rest, accountId: ids[at] }))
      print(`${JSON.stringify(rows)}\n`)
    } else if (listings.length === 0) tell('There are no accounts here. `sotto account create NAME` makes one.\n')
    else for (const [at, listing] of listings.entries()) print(`${lineOf(listing, ids[at])}\n`)
    return 0
  } finally {
    await home.stop()
  }
}

/** Known only of those that are open somewhere. */
async function idOf(home: MessengerHome, slot: AccountListing['slot']): Promise<string | undefined> {
  const elsewhere = await home.connect(slot)
  if (elsewhere === undefined) return undefined
  try {
    return (await new TypedClient(elsewhere).query('account.get')).id
  } finally {
    elsewhere.close()
  }
}

function lineOf({ slot, hint, protection, state }: AccountListing, id: string | undefined): string {
  const words = [
    hint === undefined ? '' : cleanLine(hint),
    state === 'damaged' ? 'DAMAGED: only its recovery words bring it back' : '',
    protection === 'passphrase' ? 'passphrase' : 'no passphrase',
    id === undefined ? 'locked' : `open as ${id}`,
  ]
  return `${slot.slice(0, 8)}  ${words.filter(word => word !== '').join(', ')}`
}
