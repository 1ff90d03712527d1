import { parseArgs } from 'node:util'

/** What is measured. */
const parts = ['requests', 'alone', 'held', 'memory', 'restart'] as const

/** One of them. */
export type Part = (typeof parts)[number]

/** What was asked for on the command line. */
export interface BenchOptions {
  readonly help: boolean
  /** Each node has a process of its own. */
  readonly processes: boolean
  /** Nodes speak frames to each other, otherwise HTTP/2. */
  readonly links: boolean
  readonly parts: readonly Part[]
  /** Part of the names of cases. */
  readonly filter: string
  readonly rounds: number
  /** About how long a round takes. */
  readonly seconds: number
  /** Added to every sync of a file, ms. */
  readonly fsyncMs: number
  /** Requests that are held at once for the figures of memory. */
  readonly held: number
  /** Messages in the database that a node is restarted with. */
  readonly messages: number
  /** Folder for CPU profiles of the first node, one for each case of requests. */
  readonly profile: string | undefined
}

/** How the program is used. */
export const usage = `npm run bench:node -- [options]

  --processes        each node in a process of its own; the figures of the reference are meant for this
  --only PART,…      of: ${parts.join(', ')}
  --http2            nodes speak HTTP/2 to each other, as to nodes without links
  --case TEXT        only cases of requests with this in their name
  --rounds N         rounds of each case, ours and the bare server's in turn (5)
  --seconds S        length of a round (2)
  --fsync-delay MS   makes every sync of a file so much slower; needs a C compiler (0)
  --held N           requests held at once for the figures of memory (10000)
  --messages N       messages in the database that a node is restarted with (1000000)
  --profile FOLDER   writes CPU profiles of a node there, one for each case of requests
`

/** Reads the command line. */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', default: false },
      processes: { type: 'boolean', default: false },
      http2: { type: 'boolean', default: false },
      only: { type: 'string', default: parts.join(',') },
      case: { type: 'string', default: '' },
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '2' },
      'fsync-delay': { type: 'string', default: '0' },
      held: { type: 'string', default: '10000' },
      messages: { type: 'string', default: '1000000' },
      profile: { type: 'string' },
    },
  })
  const wanted = new Set(values.only.split(','))
  return {
    help: values.help,
    processes: values.processes,
    links: !values.http2,
    parts: parts.filter(part => wanted.has(part)),
    filter: values.case,
    rounds: Number(values.rounds),
    seconds: Number(values.seconds),
    fsyncMs: Number(values['fsync-delay']),
    held: Number(values.held),
    messages: Number(values.messages),
    profile: values.profile,
  }
}
