import { type AttachmentView } from '@sotto/client'
import { useNow } from '../messages/use-now.ts'
import { formatBytes } from '../storage/format-bytes.ts'
import { useText } from '../texts/index.ts'
import { type Offer } from './offer.ts'

/** What is said of an attachment that is not here. */
export interface StateWords {
  /** What is true of it. */
  readonly state: string
  /** Why, if something went wrong. */
  readonly why: string | undefined
  readonly size: string | undefined
}

/** In the language of the app; the time until the next attempt runs. */
export function useStateWords({ failure, nextTryAt, sizeBytes }: AttachmentView, offer: Offer): StateWords {
  const text = useText()
  const now = useNow(nextTryAt === undefined ? undefined : 1000)
  const wait = nextTryAt === undefined ? 0 : Math.ceil((nextTryAt - now) / 1000)
  const key = failure === undefined ? undefined : `error.${failure}`
  return {
    state: wait > 0 ? text('attachments.state.retry', { seconds: wait }) : text(`attachments.state.${offer.words}`),
    why: key === undefined ? undefined : text(text.has(key) ? key : 'messages.state.unforeseen'),
    size: sizeBytes === undefined ? undefined : formatBytes(text.language, sizeBytes),
  }
}
