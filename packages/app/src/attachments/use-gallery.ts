import { useCallback, useEffect, useRef, useState } from 'react'
import { type AttachmentView } from '@sotto/client'
import { useAccount } from '../core/index.ts'
import { type AnsweredPage, mergePages } from './gallery-pages.ts'

/** What is looked through, as far as it was asked for. */
export interface Gallery {
  /** Newest first; `undefined` before the first answer. */
  readonly attachments: readonly AttachmentView[] | undefined
  readonly hasOlder: boolean
  /** Asks for the page behind the last one. */
  readonly older: () => void
}

interface Shown {
  readonly attachments: readonly AttachmentView[] | undefined
  readonly hasOlder: boolean
}

/** The files of a conversation, page by page; all of them are kept up to date. */
export function useGallery(conversation: string, what: 'media' | 'documents'): Gallery {
  const { client } = useAccount()
  const [shown, setShown] = useState<Shown>({ attachments: undefined, hasOlder: false })
  const state = useRef({ pages: new Array<AnsweredPage>(), stops: new Array<() => void>() })

  const watch = useCallback(
    (before: AttachmentView | undefined) => {
      const { pages, stops } = state.current
      const place = stops.length
      const onResult = ({ attachments, hasOlder }: Pick<AnsweredPage, 'attachments' | 'hasOlder'>): void => {
        pages[place] = { before, attachments, hasOlder }
        const all = pages.filter(page => page !== undefined)
        setShown(last => ({
          attachments: mergePages(all, last.attachments ?? []),
          hasOlder: all.at(-1)?.hasOlder ?? false,
        }))
      }
      const args = { conversation, what, ...(before === undefined ? {} : { before: before.id }) }
      // Without an answer there is what was there before.
      stops.push(client.watch('attachments.gallery', args, { onResult, onError: () => undefined }))
    },
    [client, conversation, what],
  )

  useEffect(() => {
    watch(undefined)
    const { current } = state
    return () => {
      for (const stop of current.stops) stop()
      state.current = { pages: [], stops: [] }
      setShown({ attachments: undefined, hasOlder: false })
    }
  }, [watch])

  const { attachments, hasOlder } = shown
  const older = useCallback(() => {
    const { pages, stops } = state.current
    const last = attachments?.at(-1)
    const isAsking = pages.length < stops.length
    if (hasOlder && !isAsking && last !== undefined) watch(last)
  }, [attachments, hasOlder, watch])
  return { attachments, hasOlder, older }
}
