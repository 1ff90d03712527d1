import { useCallback, useMemo, useRef, useState } from 'react'
import { type AttachmentView, type ConversationView } from '@sotto/client'
import { useAccount, useErrorText, useQuery } from '../core/index.ts'
import { useText } from '../texts/index.ts'
import { judgeFiles } from './judge-files.ts'
import { attachLimits } from './limits.ts'
import { useStaging } from './use-staging.ts'

/** A file that is being made ready. */
interface PendingFile {
  readonly key: string
  readonly name: string
  /** How much of it the core has, from 0 to 1, where that takes a while. */
  readonly share: number | undefined
  readonly cancel: () => void
}

/** What is attached to the next message of a conversation, and how more is. */
export interface Attaching {
  readonly staged: readonly AttachmentView[]
  readonly pending: readonly PendingFile[]
  /** Why nothing can be attached here. */
  readonly obstacle: string | undefined
  readonly sayObstacle: () => void
  /** Takes what can be taken, and says of the rest why not. */
  readonly add: (files: readonly File[]) => void
  readonly remove: (ids: readonly number[]) => void
  /** On their way, and seen there: not above the field any more. */
  readonly hide: (ids: readonly number[]) => void
  readonly unhide: (ids: readonly number[]) => void
}

const nothing: readonly never[] = []

/** Staged files are kept by the core, for each conversation; they are lost with the program. Spec 50 §4. */
export function useAttaching({ id, name, request }: ConversationView): Attaching {
  const text = useText()
  const errorText = useErrorText()
  const { client } = useAccount()
  const limitBytes = useQuery('attachments.limit', { conversation: id }) ?? attachLimits.bytes
  const { stage, complain, complainOf } = useStaging(id, limitBytes)
  const found = useQuery('attachments.staged', { conversation: id })
  const [hidden, setHidden] = useState<readonly number[]>(nothing)
  const [pending, setPending] = useState<readonly PendingFile[]>(nothing)
  const queue = useRef<Promise<void>>(Promise.resolve())
  const staged = useMemo(
    () => (found ?? nothing).filter(each => each.state === 'staged' && !hidden.includes(each.id)),
    [found, hidden],
  )
  const obstacle = request === 'outgoing' ? text('attach.not-accepted', { name: name ?? '' }) : undefined
  const add = useCallback(
    (files: readonly File[]) => {
      if (obstacle !== undefined) return complain(obstacle)
      const media = staged.filter(({ kind }) => kind === 'image' || kind === 'video').length
      // What is being made ready is counted as what can go together: the core has the last word.
      const counts = { media: media + pending.length, others: staged.length - media }
      const { taken, problems } = judgeFiles(counts, files, limitBytes)
      for (const problem of problems) complainOf(problem)
      for (const file of taken) {
        const key = crypto.randomUUID()
        const cancelled = new AbortController()
        const cancel = (): void => cancelled.abort()
        setPending(before => [...before, { key, name: file.name, share: undefined, cancel }])
        const onShare = (share: number): void =>
          setPending(before => before.map(each => (each.key === key ? { ...each, share } : each)))
        // One after the other: in their order, and with one picture in memory.
        queue.current = queue.current
          .then(async () => stage(file, { onShare, signal: cancelled.signal }))
          .then(() => setPending(before => before.filter(each => each.key !== key)))
      }
    },
    [complain, complainOf, limitBytes, obstacle, pending.length, stage, staged],
  )
  const remove = useCallback(
    (ids: readonly number[]) => {
      for (const attachment of ids) {
        client.command('attachments.unstage', { attachment }).catch((error: unknown) => complain(errorText(error)))
      }
    },
    [client, complain, errorText],
  )
  const hide = useCallback((ids: readonly number[]) => setHidden(before => [...before, ...ids]), [])
  const unhide = useCallback(
    (ids: readonly number[]) => setHidden(before => before.filter(each => !ids.includes(each))),
    [],
  )
  const sayObstacle = useCallback(() => void (obstacle !== undefined && complain(obstacle)), [complain, obstacle])
  return useMemo(
    () => ({ staged, pending, obstacle, sayObstacle, add, remove, hide, unhide }),
    [staged, pending, obstacle, sayObstacle, add, remove, hide, unhide],
  )
}
