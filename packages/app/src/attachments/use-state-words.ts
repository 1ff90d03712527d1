import { type AttachmentView } from '@sotto/client'
import { useNow } from '../messages/use-now.ts'
import { formatBytes } from '../storage/format-bytes.ts'
import { useText } from '../texts/index.ts'
import { type Offer } from './offer.ts'
import { heardShare } from './progress.ts'
import { useProgress } from './use-progress.ts'

/** What is said of an attachment that is not here. */
export interface StateWords {
  /** What is true of it. */
  readonly state: string
  /** Why, if something went wrong. */
  readonly why: string | undefined
  /** With how much of it is done, while that is known. */
  readonly size: string | undefined
  /** How much of it is done, from 0 to 1. */
  readonly share: number | undefined
  /** The same for who listens, in few steps. */
  readonly heard: string | undefined
}

/** In the language of the app; the time until the next attempt runs. */
export function useStateWords(attachment: AttachmentView, offer: Offer): StateWords {
  const { failure, nextTryAt, sizeBytes } = attachment
  const text = useText()
  const progress = useProgress(attachment)
  const now = useNow(nextTryAt === undefined ? undefined : 1000)
  const wait = nextTryAt === undefined ? 0 : Math.ceil((nextTryAt - now) / 1000)
  const key = failure === undefined ? undefined : `error.${failure}`
  const bytes = (count: number): string => formatBytes(text.language, count)
  const words = {
    state: wait > 0 ? text('attachments.state.retry', { seconds: wait }) : text(`attachments.state.${offer.words}`),
    why: key === undefined ? undefined : text(text.has(key) ? key : 'messages.state.unforeseen'),
  }
  if (progress === undefined) {
    const size = sizeBytes === undefined ? undefined : bytes(sizeBytes)
    return { ...words, size, share: undefined, heard: undefined }
  }
  const { doneBytes, share, wholeBytes } = progress
  const heard = heardShare(progress)
  return {
    ...words,
    size: text('attachments.progress', { done: bytes(doneBytes), whole: bytes(wholeBytes) }),
    share,
    heard: heard === 0 ? undefined : new Intl.NumberFormat(text.language, { style: 'percent' }).format(heard),
  }
}
