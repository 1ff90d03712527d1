import { type AccountId } from '@sotto/protocol/account'
import { command, type CommandTable } from '../engine/calls.ts'
import { type Feature } from '../engine/feature.ts'
import { lookUpName } from './look-up.ts'

/** What is done with registered names. */
export interface NamesCommands {
  /** Whose account a name stands for. Asks the network, which takes up to some seconds; changes nothing. */
  'names.look-up'(args: { name: string }): Promise<{ readonly account: AccountId | undefined }>
}

const MAX_NAME_UNITS = 5000

const commands: CommandTable<NamesCommands> = {
  'names.look-up': command(
    args => args.text('name', MAX_NAME_UNITS),
    async (name, context) => ({ account: await lookUpName(name, context) }),
  ),
}

/** Names that the network keeps for accounts. Spec 10 §8. */
export const namesFeature: Feature = { name: 'names', commands }
