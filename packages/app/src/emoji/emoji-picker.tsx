import { lazy, type ReactNode, Suspense } from 'react'
import { useText } from '../texts/index.ts'
import { Spinner } from '../ui/index.ts'
import { type EmojiPickerProps } from './emoji-picker-props.ts'
import styles from './picker.module.css'

const Picker = lazy(async () => ({ default: (await import('./picker.tsx')).Picker }))

/** All emoji, with search; fetched when it is first shown. Put it into a flush popover. */
export function EmojiPicker(props: EmojiPickerProps): ReactNode {
  const text = useText()
  return (
    <div className={styles['picker']}>
      <Suspense fallback={<Spinner label={text('emoji.loading')} />}>
        <Picker {...props} />
      </Suspense>
    </div>
  )
}
