import { type AttachmentPointer, readPointer, writePointer } from './attachment-pointer.ts'
import { build, present, type UnreadField } from './codec.ts'
import { type Preview, PreviewSchema } from './gen/session_pb.ts'

/** A link of the text as the sender saw it. Spec 10 §4.4, §5.2. */
export interface LinkPreview {
  /** `https` only, and the text holds it. */
  readonly url: string
  readonly title?: string | undefined
  readonly image?: AttachmentPointer | undefined
  readonly unread?: readonly UnreadField[] | undefined
}

/** Only the first counts, and only for a link that the text holds; else a title could belie where a link leads. */
export function readPreview(previews: readonly Preview[], body: string): LinkPreview | undefined {
  const [wire] = previews
  if (wire === undefined || !wire.url.startsWith('https://') || !body.includes(wire.url)) return undefined
  return {
    url: wire.url,
    title: present(wire, 'title'),
    image: wire.image === undefined ? undefined : readPointer(wire.image),
    unread: wire.$unknown,
  }
}

/** Does not ask whether the text holds the link: a reader will. */
export function writePreview({ url, title, image, unread }: LinkPreview): Preview {
  return build(PreviewSchema, { url, title, image: image === undefined ? undefined : writePointer(image) }, unread)
}
