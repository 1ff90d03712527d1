import { Fragment, type ReactNode } from 'react'
import { type MessageView } from '@sotto/client'
import { AudioPlayer } from './audio-player.tsx'
import { DocumentRow, SoundState } from './document-row.tsx'
import { MediaGrid } from './media-grid.tsx'
import styles from './message-attachments.module.css'
import { mayLoad } from './may-load.ts'
import { mayBeHere, offerOf } from './offer.ts'
import { splitAttachments } from './split-attachments.ts'

interface MessageAttachmentsProps {
  readonly message: Pick<MessageView, 'attachments' | 'outgoing' | 'sender'>
  /** Without words or a quote above. */
  readonly isAlone: boolean
}

/** The files of a message, below its words. */
export function MessageAttachments({ isAlone, message }: MessageAttachmentsProps): ReactNode {
  const { attachments, outgoing, sender } = message
  const { media, others } = splitAttachments(attachments)
  const captions = attachments.flatMap(({ caption, id }) => (caption === undefined ? [] : [{ caption, id }]))
  return (
    <div className={styles['attachments']} data-alone={isAlone || undefined}>
      {media.length > 0 && (
        <div className={styles['media']}>
          <MediaGrid media={media} outgoing={outgoing} />
        </div>
      )}
      {others.map(attachment => {
        const { id, kind, state } = attachment
        const isSound = kind === 'audio' || kind === 'voice'
        if (!isSound || !mayLoad(attachment) || !mayBeHere(state, outgoing))
          return <DocumentRow key={id} attachment={attachment} outgoing={outgoing} />
        const offer = offerOf(state, outgoing)
        return (
          <Fragment key={id}>
            <AudioPlayer attachment={attachment} sender={sender} />
            {offer !== undefined && <SoundState attachment={attachment} offer={offer} />}
          </Fragment>
        )
      })}
      {captions.map(({ caption, id }) => (
        <p key={id} className={styles['caption']} dir="auto">
          {caption}
        </p>
      ))}
    </div>
  )
}
