import { type ExpiryMode } from '@sotto/protocol/message'
import { command, type CommandTable } from '../engine/calls.ts'
import { type EngineContext } from '../engine/context.ts'
import { type Feature } from '../engine/feature.ts'
import { findMessage } from '../messages/rows.ts'
import { type OutboxListener } from '../outbox/outbox-listener.ts'
import { changeExpiry, receiveExpiryChange } from './change.ts'
import { nextExpiry, startClock, stopClock, SWEEP_JOB } from './expiry-clock.ts'
import { SHORTEN_JOB, startRead } from './read-clock.ts'
import { startReceived } from './receive-clock.ts'
import { nextShortening, shortenRead } from './shorten-job.ts'
import { sweepExpired } from './sweep-job.ts'

/** What is done about disappearing messages. */
export interface ExpiryCommands {
  /**
   * How own messages disappear from now on. `timerSeconds` is 10 to 1,209,600, of no meaning with `off`; notes to self can only
   * count from sending.
   */
  'expiry.set'(args: { conversation: string; mode: ExpiryMode; timerSeconds: number }): void
}

const commands: CommandTable<ExpiryCommands> = {
  'expiry.set': command(
    args => ({
      conversation: args.conversation('conversation'),
      mode: args.word('mode', ['off', 'after-read', 'after-send']),
      timerSeconds: args.integer('timerSeconds'),
    }),
    ({ conversation, mode, timerSeconds }, context) => {
      context.store.write(tx => changeExpiry(tx, conversation, { mode, timerSeconds }, context))
    },
  ),
}

/** Own messages count from when the network had them, in either mode. Spec 10 §5.8. */
const outbox: OutboxListener = {
  sent: (tx, { isCopy, message }, storedAt, context) => {
    const row = message === undefined || isCopy ? undefined : findMessage(tx, message)
    if (row === undefined || row.expiryMode === 'off') return
    const startedAt = Math.min(context.time.now(), storedAt)
    startClock(tx, row.id, { startedAt, expiresAt: startedAt + row.expirySeconds * 1000 }, context)
  },
  failed: (tx, { isCopy, message }) => {
    if (message !== undefined && !isCopy) stopClock(tx, message)
  },
}

/** Disappearing messages. Stands behind whatever keeps messages. Spec 10 §5.8. */
export const expiryFeature: Feature = {
  name: 'expiry',
  content: {
    message: startReceived,
    call: startReceived,
    'data-extraction': startReceived,
    'group-update': startReceived,
    unknown: startReceived,
    'expiry-change': (tx, received, context) => {
      receiveExpiryChange(tx, received, context)
      startReceived(tx, received, context)
    },
  },
  jobs: { [SWEEP_JOB]: sweepExpired, [SHORTEN_JOB]: shortenRead },
  outbox,
  read: startRead,
  commands,
  start: context => {
    resume(context)
    return context.time.onChange(() => resume(context))
  },
}

/** Whatever was to be done while nobody looked is done now. What was put off under a wrong clock comes when it should. */
function resume({ schedule, stopped, store }: EngineContext): void {
  if (stopped.aborted) return
  store.write(tx => {
    const first = nextExpiry(tx)
    if (first !== undefined) schedule.atLatest(tx, SWEEP_JOB, '', first)
    const told = nextShortening(tx)
    if (told !== undefined) schedule.atLatest(tx, SHORTEN_JOB, '', told)
  })
}
