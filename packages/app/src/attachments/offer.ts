import { type AttachmentState } from '@sotto/client'

/** What an attachment that cannot be looked at shows instead, and what can be done about it. */
export interface Offer {
  readonly sign: 'download' | 'busy' | 'failed' | 'gone'
  /** The last part of the names of its words, `attachments.state.<words>`. */
  readonly words:
    | 'waiting'
    | 'queued'
    | 'to-send'
    | 'uploading'
    | 'downloading'
    | 'failed'
    | 'not-sent'
    | 'gone'
    | 'evicted'
  /** `ask`: whoever sent it is not trusted yet. */
  readonly act: 'ask' | 'download' | 'retry' | undefined
  readonly canCancel: boolean
}

const busy = { sign: 'busy', act: undefined, canCancel: true } as const

/** `undefined` for what is here. `outgoing` says whether its message is the user's own. */
export function offerOf(state: AttachmentState, outgoing: boolean): Offer | undefined {
  switch (state) {
    case 'here':
    case 'staged':
    case 'staging':
      return undefined
    case 'waiting':
      return { sign: 'download', words: 'waiting', act: 'ask', canCancel: false }
    case 'queued':
      return { ...busy, words: outgoing ? 'to-send' : 'queued' }
    case 'uploading':
      return { ...busy, words: 'uploading' }
    case 'downloading':
      return { ...busy, words: 'downloading' }
    case 'failed':
      return { sign: 'failed', words: outgoing ? 'not-sent' : 'failed', act: 'retry', canCancel: false }
    case 'gone':
      return { sign: 'gone', words: 'gone', act: 'download', canCancel: false }
    case 'evicted':
      return { sign: 'download', words: 'evicted', act: 'download', canCancel: false }
    case 'stopped':
      return { sign: 'download', words: 'waiting', act: 'download', canCancel: false }
  }
}

/** Whether its bytes may be on this device: own ones are while they are on their way out. */
export function mayBeHere(state: AttachmentState, outgoing: boolean): boolean {
  if (state === 'here' || state === 'staged' || state === 'uploading') return true
  return outgoing && (state === 'queued' || state === 'failed')
}
