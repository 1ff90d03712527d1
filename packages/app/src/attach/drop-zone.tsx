import { type ReactNode, type RefObject } from 'react'
import { createPortal } from 'react-dom'
import { Upload } from 'lucide-react'
import { useText } from '../texts/index.ts'
import { Icon } from '../ui/index.ts'
import styles from './attach.module.css'
import { type Attaching } from './use-attaching.ts'
import { useDroppedFiles } from './use-dropped-files.ts'

interface DropZoneProps {
  readonly attaching: Attaching
  /** Something inside of the conversation: the whole of it takes files. */
  readonly insideRef: RefObject<HTMLElement | null>
}

/** Files that are dragged over a conversation or pasted into it are attached; a veil says so before they are dropped. */
export function DropZone({ attaching: { add, obstacle }, insideRef }: DropZoneProps): ReactNode {
  const text = useText()
  const area = useDroppedFiles(insideRef, add)
  if (area === undefined) return null
  return createPortal(
    <div className={styles['veil']}>
      <p className={styles['call']}>
        {obstacle === undefined && <Icon icon={Upload} size={24} />}
        {obstacle ?? text('attach.drop')}
      </p>
    </div>,
    area,
  )
}
