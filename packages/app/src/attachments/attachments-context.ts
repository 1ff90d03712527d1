import { createContext, useContext } from 'react'
import { type AttachmentView, type ProgressView } from '@sotto/client'
import { type AudioDeck } from './audio-deck.ts'
import { type FileCache } from './file-cache.ts'

/** What can be done with attachments wherever they are shown. None of these changes while an account is shown. */
export interface AttachmentActions {
  /** Shows one of several pictures and videos in the whole window. */
  readonly open: (attachments: readonly AttachmentView[], current: number) => void
  /** Asks whether to trust whoever sent it, and downloads it. */
  readonly ask: (attachment: AttachmentView) => void
  readonly download: (attachment: AttachmentView) => void
  readonly retry: (attachment: AttachmentView) => void
  readonly cancel: (attachment: AttachmentView) => void
  /** Gives them to the browser to be kept wherever it keeps what is downloaded, and tells whoever sent them. */
  readonly save: (attachments: readonly AttachmentView[]) => void
}

/** Tells how far a file is, now and whenever that changes, until what it returns is called. */
export type WatchProgress = (attachment: number, listener: (view: ProgressView | undefined) => void) => () => void

/** What attachments are shown with. */
export interface AttachmentsShared {
  readonly files: FileCache
  readonly deck: AudioDeck
  readonly actions: AttachmentActions
  readonly watchProgress: WatchProgress
}

/** Above everything that shows attachments of an account. */
export const AttachmentsContext = createContext<AttachmentsShared | undefined>(undefined)

/** What the account above shows its attachments with. */
export function useAttachments(): AttachmentsShared {
  const shared = useContext(AttachmentsContext)
  if (shared === undefined) throw new Error('there are no attachments above this component')
  return shared
}
