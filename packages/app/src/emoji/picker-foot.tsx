import { type ReactNode } from 'react'
import { type TextKey, useText } from '../texts/index.ts'
import { classes } from '../ui/index.ts'
import { type Emoji, inTone } from './emoji-index.ts'
import { type SkinTone } from './emoji-memory.ts'
import { setSkinTone } from './emoji-store.ts'
import styles from './picker.module.css'

const tones: readonly (readonly [tone: SkinTone, hand: string, key: TextKey])[] = [
  [0, '✋', 'emoji.tone.none'],
  [1, '✋🏻', 'emoji.tone.light'],
  [2, '✋🏼', 'emoji.tone.medium-light'],
  [3, '✋🏽', 'emoji.tone.medium'],
  [4, '✋🏾', 'emoji.tone.medium-dark'],
  [5, '✋🏿', 'emoji.tone.dark'],
]

interface PickerFootProps {
  readonly emoji: Emoji | undefined
  readonly tone: SkinTone
}

/** Says what is pointed at, and in which tone hands are shown. */
export function PickerFoot({ emoji, tone }: PickerFootProps): ReactNode {
  const text = useText()
  return (
    <div className={styles['foot']}>
      <span className={styles['name']}>
        {emoji !== undefined && (
          <>
            <span className={styles['shown']} aria-hidden="true">
              {inTone(emoji, tone)}
            </span>
            <span className={styles['label']}>{emoji.label}</span>
          </>
        )}
      </span>
      <fieldset className={styles['tones']}>
        <legend className={styles['legend']}>{text('emoji.tone')}</legend>
        {tones.map(([each, hand, key]) => (
          <label key={each} className={classes(styles['tone'], each === tone && styles['current'])} title={text(key)}>
            <input
              type="radio"
              name="sotto-skin-tone"
              aria-label={text(key)}
              checked={each === tone}
              onChange={() => setSkinTone(each)}
            />
            <span aria-hidden="true">{hand}</span>
          </label>
        ))}
      </fieldset>
    </div>
  )
}
