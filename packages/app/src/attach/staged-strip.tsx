import { Plus, Trash2, X } from 'lucide-react'
import { type ReactNode } from 'react'
import { useAttachments } from '../attachments/index.ts'
import { useText } from '../texts/index.ts'
import { Button, Icon, IconButton, Spinner } from '../ui/index.ts'
import { StagedFile } from './staged-file.tsx'
import styles from './staged-strip.module.css'
import { type Attaching } from './use-attaching.ts'

interface StagedStripProps {
  readonly attaching: Attaching
  /** Opens the choice of files. */
  readonly onAddMore: () => void
  /** The focus has to go somewhere. */
  readonly onRemoved: () => void
}

/** Above the field: what goes with the next message. Spec 50 §4. */
export function StagedStrip({ attaching, onAddMore, onRemoved }: StagedStripProps): ReactNode {
  const text = useText()
  const { staged, pending } = attaching
  const percent = new Intl.NumberFormat(text.language, { style: 'percent' })
  const remove = (ids: readonly number[]): void => {
    attaching.remove(ids)
    onRemoved()
  }
  const { open } = useAttachments().actions
  const isAlone = staged.some(({ kind }) => kind !== 'image' && kind !== 'video')
  return (
    <div
      className={styles['strip']}
      role="group"
      aria-label={text('attach.staged')}
      data-below-toasts={isAlone ? 'low' : 'high'}
    >
      <ul className={styles['files']}>
        {staged.map((attachment, at) => (
          <li key={attachment.id} className={styles['item']}>
            <StagedFile
              attachment={attachment}
              onOpen={() => open(staged, at)}
              onRemove={() => remove([attachment.id])}
            />
          </li>
        ))}
        {pending.map(({ cancel, key, name, share }) => (
          <li key={key} className={styles['item']}>
            <div className={styles['tile']}>
              <span className={styles['preparing']}>
                <Spinner size={24} label={text('attach.preparing', { name })} />
                {share !== undefined && <span className={styles['size']}>{percent.format(share)}</span>}
              </span>
              <span className={styles['remove']}>
                <IconButton icon={X} label={text('attachments.cancel', { name })} size="small" onPress={cancel} />
              </span>
            </div>
          </li>
        ))}
        {!isAlone && (
          <li className={styles['item']}>
            <button type="button" className={styles['more']} aria-label={text('attach.more')} onClick={onAddMore}>
              <Icon icon={Plus} />
            </button>
          </li>
        )}
      </ul>
      {staged.length > 1 && (
        <Button size="small" variant="quiet" onPress={() => remove(staged.map(({ id }) => id))}>
          <Icon icon={Trash2} size={16} /> {text('attach.remove-all')}
        </Button>
      )}
    </div>
  )
}
