import { type AttachmentView } from '@sotto/client'

const MOST_BYTES: Readonly<Record<AttachmentView['kind'], number>> = {
  image: 10_000_000,
  video: 20_000_000,
  audio: 50_000_000,
  voice: 50_000_000,
  file: 0,
}

/** Whether a file is read as soon as it is in view; larger ones are only when somebody opens or saves them. */
export function mayLoad({ kind, sizeBytes = 0 }: Pick<AttachmentView, 'kind' | 'sizeBytes'>): boolean {
  return sizeBytes <= MOST_BYTES[kind]
}
