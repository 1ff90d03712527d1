import { Image as ImageIcon, ImageOff, Play, Video } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { type AttachmentView } from '@sotto/client'
import { useText } from '../texts/index.ts'
import { Icon } from '../ui/index.ts'
import { formatDuration } from './format-duration.ts'
import { mayDecode } from './may-decode.ts'
import { mayLoad } from './may-load.ts'
import styles from './media-tile.module.css'
import { useFile, useThumbnail } from './use-file.ts'
import { useKeepThumbnail } from './use-keep-thumbnail.ts'
import { whenDecoded } from './when-decoded.ts'

interface MediaContentProps {
  readonly attachment: AttachmentView
  /** Whether its bytes may be on this device. */
  readonly isHere: boolean
  readonly isNear: boolean
  /** The small picture will do. */
  readonly isSmall: boolean
}

/** What is seen of a picture or a video: the small picture at once, the whole one as soon as it is read. */
export function MediaContent({ attachment, isHere, isNear, isSmall }: MediaContentProps): ReactNode {
  const { contentType, hasThumbnail, kind } = attachment
  const isAllowed = kind === 'video' || mayDecode(attachment)
  const thumbnail = useThumbnail(attachment, isNear && isAllowed)
  const isStill = contentType === 'image/gif' && isMotionReduced()
  const isThumbnailEnough = (isSmall || isStill) && hasThumbnail && kind === 'image'
  const { file, isFailed } = useFile(
    attachment,
    isNear && isHere && isAllowed && mayLoad(attachment) && !isThumbnailEnough,
  )
  const [brokenUrl, setBrokenUrl] = useState<string>()
  const keep = useKeepThumbnail(attachment, file)
  const isBroken = (file !== undefined && file.url === brokenUrl) || (isHere && !isAllowed)
  if (isBroken || (isFailed && thumbnail === undefined && attachment.state === 'here')) return <Broken kind={kind} />
  return (
    <>
      {file === undefined && thumbnail === undefined && !(kind === 'video' && isHere) && (
        <span className={styles['empty']}>
          <Icon icon={kind === 'video' ? Video : ImageIcon} size={isSmall ? 20 : 32} />
        </span>
      )}
      {thumbnail !== undefined && (kind === 'image' ? file === undefined || isThumbnailEnough : true) && (
        <img className={styles['picture']} src={thumbnail.url} alt="" draggable={false} />
      )}
      {file !== undefined && kind === 'image' && (
        <img
          className={styles['picture']}
          src={file.url}
          alt=""
          draggable={false}
          decoding="async"
          onLoad={({ currentTarget: image }) => {
            // One with a small picture was tried when that was made.
            if (!hasThumbnail) void whenDecoded({ image, blob: file.blob }, keep, () => setBrokenUrl(file.url))
          }}
          onError={() => setBrokenUrl(file.url)}
        />
      )}
      {kind === 'video' && isHere && (
        <Clip url={file?.url} onReady={keep} onError={() => setBrokenUrl(file?.url)} isSmall={isSmall} />
      )}
    </>
  )
}

interface ClipProps {
  readonly url: string | undefined
  readonly isSmall: boolean
  readonly onReady: (video: HTMLVideoElement) => void
  readonly onError: () => void
}

/** The first picture of a video, with the sign that it can be played and how long it is. */
function Clip({ isSmall, onError, onReady, url }: ClipProps): ReactNode {
  const text = useText()
  const [seconds, setSeconds] = useState<number>()
  return (
    <>
      {url !== undefined && (
        <video
          className={styles['picture']}
          // A moment after the beginning: the very first picture is often black.
          src={`${url}#t=0.1`}
          muted
          playsInline
          preload="auto"
          aria-hidden
          tabIndex={-1}
          onLoadedMetadata={({ currentTarget }) => setSeconds(currentTarget.duration)}
          onLoadedData={({ currentTarget }) => onReady(currentTarget)}
          onError={onError}
        />
      )}
      <span className={styles['play']} data-small={isSmall || undefined}>
        <Icon icon={Play} size={isSmall ? 16 : 24} />
      </span>
      {seconds !== undefined && Number.isFinite(seconds) && (
        <span className={styles['duration']}>{formatDuration(text.language, seconds)}</span>
      )}
    </>
  )
}

function Broken({ kind }: Pick<AttachmentView, 'kind'>): ReactNode {
  const text = useText()
  return (
    <span className={styles['empty']}>
      <Icon icon={ImageOff} size={24} />
      <span className={styles['broken']}>
        {text(kind === 'video' ? 'attachments.broken.video' : 'attachments.broken')}
      </span>
    </span>
  )
}

/** What moves by itself is shown as a still picture then; the viewer plays it. */
function isMotionReduced(): boolean {
  const { dataset } = document.documentElement
  return dataset['motion'] === 'reduced' || matchMedia('(prefers-reduced-motion: reduce)').matches
}
