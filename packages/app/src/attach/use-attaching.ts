import { useCallback, useMemo, useRef, useState } from 'react'
import { type AttachmentView, type ConversationView, type TypedClient } from '@sotto/client'
import { useAccount, useErrorText, useQuery } from '../core/index.ts'
import { useText } from '../texts/index.ts'
import { useToasts } from '../ui/index.ts'
import { attachLimits } from './limits.ts'
import { type FileProblem, judgeFiles } from './judge-files.ts'

/** A file that is being made ready. */
interface PendingFile {
  readonly key: string
  readonly name: string
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
  const toasts = useToasts()
  const { client } = useAccount()
  const errorText = useErrorText()
  const found = useQuery('attachments.staged', { conversation: id })
  const [hidden, setHidden] = useState<readonly number[]>(nothing)
  const [pending, setPending] = useState<readonly PendingFile[]>(nothing)
  const queue = useRef<Promise<void>>(Promise.resolve())
  const staged = useMemo(() => (found ?? nothing).filter(each => !hidden.includes(each.id)), [found, hidden])
  const obstacle = request === 'outgoing' ? text('attach.not-accepted', { name: name ?? '' }) : undefined
  const complain = useCallback((said: string) => toasts.show({ text: said, tone: 'danger' }), [toasts])
  const problemText = useCallback(
    (problem: FileProblem): string =>
      text(`attach.${problem}`, {
        limit: attachLimits.bytes / 1_000_000,
        most: attachLimits.together,
        pixels: attachLimits.pixels / 1_000_000,
      }),
    [text],
  )
  const stageOne = useCallback(
    async (file: File): Promise<void> => {
      try {
        const problem = await stageFile(client, id, file)
        if (problem !== undefined) complain(problemText(problem))
      } catch (error) {
        complain(errorText(error))
      }
    },
    [client, complain, errorText, id, problemText],
  )
  const add = useCallback(
    (files: readonly File[]) => {
      if (obstacle !== undefined) return complain(obstacle)
      const media = staged.filter(({ kind }) => kind === 'image' || kind === 'video').length
      // What is being made ready is counted as what can go together: the core has the last word.
      const counts = { media: media + pending.length, others: staged.length - media }
      const { taken, problems } = judgeFiles(counts, files)
      for (const problem of problems) complain(problemText(problem))
      for (const file of taken) {
        const key = crypto.randomUUID()
        setPending(before => [...before, { key, name: file.name }])
        queue.current = queue.current
          .then(async () => stageOne(file))
          .then(() => setPending(before => before.filter(each => each.key !== key)))
      }
    },
    [complain, obstacle, pending.length, problemText, stageOne, staged],
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

/** Makes a file ready and hands it to the core; what prevents it, if something does. */
async function stageFile(client: TypedClient, conversation: string, file: File): Promise<FileProblem | undefined> {
  const { prepareFile } = await import('./prepare-file.ts')
  const prepared = await prepareFile(file)
  if (typeof prepared === 'string') return prepared
  const { bytes, name, preview } = prepared
  const { id } = await client.command('attachments.stage', { conversation, bytes, name })
  if (preview !== undefined) {
    // It is only a picture of it: without one there is a sign.
    await client.command('attachments.set-thumbnail', { attachment: id, bytes: preview }).catch(() => undefined)
  }
  return undefined
}
