import { type AttachmentView } from '@sotto/client'

/** An attachment that is here, with what a test is about. */
export function aView(change: Partial<AttachmentView> = {}): AttachmentView {
  return {
    id: 1,
    message: 1,
    conversation: `05${'a'.repeat(64)}` as AttachmentView['conversation'],
    sentAt: 0,
    kind: 'image',
    contentType: 'image/png',
    name: 'a.png',
    caption: undefined,
    sizeBytes: 100,
    width: 10,
    height: 10,
    state: 'here',
    failure: undefined,
    nextTryAt: undefined,
    hasThumbnail: false,
    ...change,
  }
}
