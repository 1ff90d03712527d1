import { ImageOff } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { type AttachmentView } from '@sotto/client'
import { useText } from '../texts/index.ts'
import { Icon, Spinner } from '../ui/index.ts'
import { useAttachments } from './attachments-context.ts'
import { mayDecode } from './may-decode.ts'
import { mayBeHere, type Offer, offerOf } from './offer.ts'
import { StateControl } from './state-control.tsx'
import { useFile, useThumbnail } from './use-file.ts'
import { useKeepThumbnail } from './use-keep-thumbnail.ts'
import { useStateWords } from './use-state-words.ts'
import { type Zoom } from './use-zoom.ts'
import styles from './viewer.module.css'
import { whenDecoded } from './when-decoded.ts'

interface ViewerMediaProps {
  readonly attachment: AttachmentView
  readonly outgoing: boolean
  readonly zoom: Zoom
}

/** The picture or the video itself, or what is true of it. */
export function ViewerMedia({ attachment, outgoing, zoom }: ViewerMediaProps): ReactNode {
  const text = useText()
  const { hasThumbnail, kind, name, state } = attachment
  const isAllowed = kind === 'video' || mayDecode(attachment)
  const isHere = mayBeHere(state, outgoing)
  const thumbnail = useThumbnail(attachment, kind === 'image' && isAllowed)
  const { file, isFailed } = useFile(attachment, isHere && isAllowed)
  const [isBroken, setBroken] = useState(false)
  const keep = useKeepThumbnail(attachment, file)
  const offer = isHere ? undefined : offerOf(state, outgoing)
  const { lie, picture, pointers, window } = zoom
  return (
    <div ref={window} className={styles['window']} data-zoomed={lie.scale > 1 || undefined} {...pointers}>
      {isBroken || isFailed || (isHere && !isAllowed) ? (
        <p className={styles['message']}>
          <Icon icon={ImageOff} size={32} />
          {text(kind === 'video' ? 'attachments.broken.video' : 'attachments.broken')}
        </p>
      ) : offer !== undefined ? (
        <Absent attachment={attachment} offer={offer} />
      ) : file === undefined ? (
        thumbnail === undefined ? (
          <Spinner size={32} label={text('attachments.state.queued')} />
        ) : (
          <img className={styles['picture']} data-small src={thumbnail.url} alt="" draggable={false} />
        )
      ) : kind === 'video' ? (
        <Player url={file.url} name={name} onError={() => setBroken(true)} />
      ) : (
        <img
          ref={picture}
          className={styles['picture']}
          src={file.url}
          alt={name}
          draggable={false}
          style={{ transform: `translate(${lie.x}px, ${lie.y}px) scale(${lie.scale})` }}
          onLoad={({ currentTarget: image }) => {
            if (!hasThumbnail) void whenDecoded({ image, blob: file.blob }, keep, () => setBroken(true))
          }}
          onError={() => setBroken(true)}
        />
      )}
    </div>
  )
}

interface PlayerProps {
  readonly url: string
  readonly name: string
  readonly onError: () => void
}

/** Begins by itself: one has just asked for it. */
function Player({ name, onError, url }: PlayerProps): ReactNode {
  const video = useRef<HTMLVideoElement>(null)
  const { deck } = useAttachments()
  useEffect(() => {
    const { track } = deck.get()
    if (track !== undefined) deck.pause(track)
    // Where it may not, there is the button.
    video.current?.play().catch(() => undefined)
  }, [deck, url])
  return (
    <video ref={video} className={styles['video']} src={url} controls playsInline aria-label={name} onError={onError}>
      {/* What others sent has no captions. */}
      <track kind="captions" />
    </video>
  )
}

function Absent({ attachment, offer }: { readonly attachment: AttachmentView; readonly offer: Offer }): ReactNode {
  const words = useStateWords(attachment, offer)
  const { size, state, why } = words
  return (
    <div className={styles['message']}>
      <StateControl attachment={attachment} offer={offer} words={words} />
      <p role="status">{state}</p>
      {size !== undefined && <p>{size}</p>}
      {why !== undefined && <p>{why}</p>}
    </div>
  )
}
