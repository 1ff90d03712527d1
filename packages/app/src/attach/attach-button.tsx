import { Paperclip } from 'lucide-react'
import { type ReactNode } from 'react'
import { useShortcut } from '../shortcuts/index.ts'
import { useText } from '../texts/index.ts'
import { IconButton } from '../ui/index.ts'
import styles from './attach.module.css'
import { type Attaching } from './use-attaching.ts'
import { type FileChoice } from './use-file-choice.ts'

interface AttachButtonProps {
  readonly attaching: Attaching
  readonly choice: FileChoice
}

/** Chooses files of this device; where nothing can be attached its name says why. */
export function AttachButton({ attaching: { obstacle, sayObstacle }, choice }: AttachButtonProps): ReactNode {
  const text = useText()
  const press = (): void => (obstacle === undefined ? choice.open() : sayObstacle())
  useShortcut('main', 'Mod+U', press)
  return (
    <span className={styles['attach']} data-off={obstacle === undefined ? undefined : ''}>
      <IconButton icon={Paperclip} label={obstacle ?? text('attach.choose')} onPress={press} />
    </span>
  )
}
