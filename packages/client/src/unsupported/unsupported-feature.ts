import { query, type QueryTable } from '../engine/calls.ts'
import { attachmentsOf } from '../attachments/rows.ts'
import { type EngineContext } from '../engine/context.ts'
import { type ContentTable, type Feature } from '../engine/feature.ts'
import { findMessage } from '../messages/rows.ts'
import { type DueJob } from '../schedule/job.ts'
import { unsupportedIn, type UnsupportedWord } from './parts.ts'
import { CONTENT_VERSION, isReadByOlder, markRead, readAgain } from './read-again.ts'

/** What a message holds that cannot be shown yet. */
export interface UnsupportedView {
  readonly message: number
  /** One for each thing, in the order in which they stand there. */
  readonly words: readonly UnsupportedWord[]
}

/** What is asked about what cannot be shown. */
export interface UnsupportedQueries {
  /** Of up to 200 messages those that hold anything that is kept, but not shown yet. */
  'unsupported.list'(args: { messages: readonly number[] }): readonly UnsupportedView[]
}

/** Which part of the messenger takes what was kept until now, and which version of the program that is. */
export interface UnsupportedOptions {
  readonly readers: ContentTable
  readonly version: number
}

const JOB = 'unsupported'
const MAX_PAGE = 200
/** Until the next part. */
const NEXT_MS = 20

const queries: QueryTable<UnsupportedQueries> = {
  'unsupported.list': query(
    args => args.list('messages', MAX_PAGE, element => element.integer('value')),
    (messages, reader) =>
      messages.flatMap(message => {
        const row = findMessage(reader, message)
        const words = row === undefined ? [] : unsupportedIn(row, attachmentsOf(reader, message).length > 0)
        return words.length === 0 ? [] : [{ message, words }]
      }),
  ),
}

/**
 * Contents of kinds that this version can do nothing about: they are kept and shown as such, and a later version that knows them
 * reads them once more.
 */
export function createUnsupportedFeature({ readers, version }: UnsupportedOptions): Feature {
  const step = ({ payload }: DueJob, context: EngineContext): void => {
    const { schedule, store, time } = context
    store.write(tx => {
      const last = readAgain(tx, typeof payload === 'number' ? payload : 0, readers, context)
      if (last === undefined) markRead(tx, version)
      else schedule.at(tx, JOB, '', time.now() + NEXT_MS, last)
    })
  }
  return {
    name: 'unsupported',
    jobs: { [JOB]: step },
    queries,
    start: ({ schedule, store, time }) => {
      store.write(tx => {
        if (isReadByOlder(tx, version)) schedule.atLatest(tx, JOB, '', time.now())
      })
      return () => undefined
    },
  }
}

/** Nothing that was kept can be shown yet. */
export const unsupportedFeature = createUnsupportedFeature({ readers: {}, version: CONTENT_VERSION })
