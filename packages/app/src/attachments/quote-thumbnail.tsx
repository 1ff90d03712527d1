import { type ReactNode } from 'react'
import { type AttachmentView } from '@sotto/client'
import { Icon } from '../ui/index.ts'
import { documentIcon } from './document-icon.ts'
import styles from './quote-thumbnail.module.css'
import { useThumbnail } from './use-file.ts'

/** What a quoted message shows of its first file: its small picture, or what kind it is. */
export function QuoteThumbnail({ attachment }: { readonly attachment: AttachmentView }): ReactNode {
  const thumbnail = useThumbnail(attachment, true)
  return (
    <span className={styles['thumbnail']}>
      {thumbnail === undefined ? <Icon icon={documentIcon(attachment)} /> : <img src={thumbnail.url} alt="" />}
    </span>
  )
}
