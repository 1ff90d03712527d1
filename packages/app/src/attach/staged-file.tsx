import { FileText, ImageOff, Music, Play, X } from 'lucide-react'
import { type ReactNode } from 'react'
import { type AttachmentView } from '@sotto/client'
import { useQuery } from '../core/index.ts'
import { formatBytes } from '../storage/format-bytes.ts'
import { useText } from '../texts/index.ts'
import { Icon, IconButton } from '../ui/index.ts'
import styles from './staged-strip.module.css'
import { useObjectUrl } from './use-object-url.ts'

interface StagedFileProps {
  readonly attachment: AttachmentView
  readonly onOpen: () => void
  readonly onRemove: () => void
}

/** A picture or a video as a small picture of it, anything else by its name. */
export function StagedFile({ attachment, onOpen, onRemove }: StagedFileProps): ReactNode {
  const text = useText()
  const { kind, name } = attachment
  const isMedia = kind === 'image' || kind === 'video'
  return (
    <div className={styles[isMedia ? 'tile' : 'chip']}>
      {isMedia ? <Preview attachment={attachment} onOpen={onOpen} /> : <Named attachment={attachment} />}
      <span className={styles['remove']}>
        <IconButton icon={X} label={text('attach.remove', { name })} size="small" onPress={onRemove} />
      </span>
    </div>
  )
}

function Preview({ attachment, onOpen }: Omit<StagedFileProps, 'onRemove'>): ReactNode {
  const text = useText()
  const { id, kind, name, hasThumbnail } = attachment
  const bytes = useQuery('attachments.thumbnail', { attachment: id })
  // A browser tells the kind of a picture by its bytes.
  const url = useObjectUrl(bytes, 'image/webp')
  const isVideo = kind === 'video'
  return (
    <button
      type="button"
      className={styles['open']}
      aria-label={text(isVideo ? 'attach.video' : 'attach.picture', { name })}
      onClick={onOpen}
    >
      {url !== undefined && <img className={styles['picture']} src={url} alt="" draggable={false} />}
      {url === undefined && !isVideo && !hasThumbnail && <Icon icon={ImageOff} />}
      {isVideo && (
        <span className={styles['video']}>
          <Icon icon={Play} />
        </span>
      )}
    </button>
  )
}

function Named({ attachment: { kind, name, sizeBytes } }: { readonly attachment: AttachmentView }): ReactNode {
  const text = useText()
  return (
    <>
      <Icon icon={kind === 'audio' || kind === 'voice' ? Music : FileText} />
      <span className={styles['words']}>
        <bdi className={styles['name']}>{name}</bdi>
        {sizeBytes !== undefined && <span className={styles['size']}>{formatBytes(text.language, sizeBytes)}</span>}
      </span>
    </>
  )
}
