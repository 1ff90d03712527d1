import { command, type CommandTable, noArguments } from '../engine/calls.ts'
import { type Feature } from '../engine/feature.ts'
import { deleteEverywhere } from './delete-everywhere.ts'
import { deleteHere } from './delete-here.ts'
import { eraseFromNetwork } from './erase-from-network.ts'
import { receiveUnsend } from './receive.ts'
import { scrub, SCRUB_JOB, watchDeletions } from './scrub.ts'
import { deleteWaiting, resumeDeletions, SWARM_DELETION_JOB } from './swarm-deletions.ts'

/** What is done about deleting. `messages` are up to 200 ids of `MessageView`. */
export interface DeletionCommands {
  /**
   * `here`: on this device; a message leaves a place that says so, which goes when it is deleted again. `everywhere`: own
   * messages for everyone, own notes on all devices; if the network cannot be reached nothing changes.
   */
  'deletion.delete'(args: { messages: readonly number[]; scope: 'here' | 'everywhere' }): Promise<void>
  /**
   * Has every node of the own swarm delete everything that it keeps for this account; takes 15 s at most. It is for whoever
   * removes the account from this device next. Returns how many nodes confirmed it: all.
   */
  'deletion.erase-from-network'(): Promise<{ readonly members: number }>
}

const MAX_SELECTED = 200

const commands: CommandTable<DeletionCommands> = {
  'deletion.delete': command(
    args => ({
      messages: [...new Set(args.list('messages', MAX_SELECTED, element => element.integer('value')))],
      scope: args.word('scope', ['here', 'everywhere']),
    }),
    async ({ messages, scope }, context) => {
      if (scope === 'everywhere') await deleteEverywhere(messages, context)
      else context.store.write(tx => deleteHere(tx, messages, context))
    },
  ),
  'deletion.erase-from-network': command(noArguments, (_, context) => eraseFromNetwork(context)),
}

/** Deleting, in all its ways, and that nothing is left of it. Spec 10 §5.6, spec 50 §3.10, §9.10. */
export const deletionFeature: Feature = {
  name: 'deletion',
  content: { unsend: receiveUnsend },
  jobs: { [SCRUB_JOB]: scrub, [SWARM_DELETION_JOB]: deleteWaiting },
  commands,
  start: context => {
    resumeDeletions(context)
    return watchDeletions(context)
  },
}
