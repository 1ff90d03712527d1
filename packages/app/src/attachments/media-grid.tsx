import { type ReactNode, useState } from 'react'
import { type AttachmentView } from '@sotto/client'
import { useAttachments } from './attachments-context.ts'
import { frameSize } from './frame-size.ts'
import styles from './media-grid.module.css'
import { MediaTile } from './media-tile.tsx'
import { SHOWN_MEDIA } from './split-attachments.ts'

interface MediaGridProps {
  readonly media: readonly AttachmentView[]
  readonly outgoing: boolean
}

/** One large, two beside each other, or one large and two small ones of which the last says how many more there are. Spec 50 §3.9. */
export function MediaGrid({ media, outgoing }: MediaGridProps): ReactNode {
  const { actions } = useAttachments()
  const [first] = media
  if (first === undefined) return null
  if (media.length === 1) return <SingleTile attachment={first} outgoing={outgoing} />
  const shown = media.slice(0, SHOWN_MEDIA)
  const more = media.length - shown.length
  return (
    <div className={styles['grid']} data-count={shown.length}>
      {shown.map((attachment, at) => (
        <MediaTile
          key={attachment.id}
          attachment={attachment}
          outgoing={outgoing}
          isSmall={shown.length === SHOWN_MEDIA && at > 0}
          more={at === SHOWN_MEDIA - 1 ? more : 0}
          onOpen={() => actions.open(media, at)}
        />
      ))}
    </div>
  )
}

/** It keeps the size that it was given first: what is learnt of the picture later must not move the messages. */
function SingleTile({
  attachment,
  outgoing,
}: {
  readonly attachment: AttachmentView
  readonly outgoing: boolean
}): ReactNode {
  const { actions } = useAttachments()
  const [{ block, inline }] = useState(() => frameSize(attachment.width, attachment.height))
  return (
    <div className={styles['single']}>
      <MediaTile
        attachment={attachment}
        outgoing={outgoing}
        style={{ inlineSize: `${inline}rem`, maxInlineSize: '100%', aspectRatio: `${inline} / ${block}` }}
        onOpen={() => actions.open([attachment], 0)}
      />
    </div>
  )
}
