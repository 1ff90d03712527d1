import { parseArgs } from 'node:util'

/** What was asked for on the command line. */
export interface BenchOptions {
  readonly help: boolean
  /** Cases whose names hold one of these; all if there is none. */
  readonly filters: readonly string[]
  /** Each node in a process of its own. */
  readonly processes: boolean
  /** Messages that are sent while both are online, by each way. */
  readonly messages: number
  /** Messages that wait for one who was offline. */
  readonly waiting: number
  /** How often these are fetched anew. */
  readonly rounds: number
  /** Fetches them in a browser as well. */
  readonly chromium: boolean
  /** Idle people of each kind, and how long they are watched. */
  readonly people: number
  readonly minutes: number
  /** Messages in the large store. */
  readonly stored: number
  /** Writes the large store anew. */
  readonly fresh: boolean
}

/** How the program is used. */
export const usage = `npm run bench:client -- [case …] [options]

  case            part of the name of a case: latency, offline, idle, store
  --processes     each node in a process of its own
  --messages N    latency: messages by each way (200)
  --waiting N     offline: messages that wait (1000)
  --rounds N      offline: how often they are fetched (5)
  --no-chromium   offline: in Node only
  --people N      idle: people of each kind (4)
  --minutes N     idle: how long they are watched (5)
  --stored N      store: messages in it (1000000); it is kept for the next time
  --fresh         store: write it anew
`

/** Reads the command line. */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      help: { type: 'boolean', default: false },
      processes: { type: 'boolean', default: false },
      messages: { type: 'string', default: '200' },
      waiting: { type: 'string', default: '1000' },
      rounds: { type: 'string', default: '5' },
      'no-chromium': { type: 'boolean', default: false },
      people: { type: 'string', default: '4' },
      minutes: { type: 'string', default: '5' },
      stored: { type: 'string', default: '1000000' },
      fresh: { type: 'boolean', default: false },
    },
  })
  return {
    help: values.help,
    filters: positionals,
    processes: values.processes,
    messages: Number(values.messages),
    waiting: Number(values.waiting),
    rounds: Number(values.rounds),
    chromium: !values['no-chromium'],
    people: Number(values.people),
    minutes: Number(values.minutes),
    stored: Number(values.stored),
    fresh: values.fresh,
  }
}
