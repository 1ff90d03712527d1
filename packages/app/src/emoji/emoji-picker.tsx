import { type ReactNode, useEffect, useState } from 'react'
import { useText } from '../texts/index.ts'
import { Spinner } from '../ui/index.ts'
import { type EmojiPickerProps } from './emoji-picker-props.ts'
import { pickerCode } from './picker-code.ts'
import styles from './picker.module.css'

/** All emoji, with search; fetched when it is first shown. Put it into a flush popover. */
export function EmojiPicker(props: EmojiPickerProps): ReactNode {
  const text = useText()
  const [code, setCode] = useState({ Picker: pickerCode.component })
  const isMissing = code.Picker === undefined
  useEffect(() => {
    if (!isMissing) return undefined
    let current = true
    const take = (): void => {
      if (current) setCode({ Picker: pickerCode.component })
    }
    // Without its code there is none; opening it anew tries again.
    pickerCode.load().then(take, () => undefined)
    return () => {
      current = false
    }
  }, [isMissing])
  return (
    <div className={styles['picker']}>
      {code.Picker === undefined ? <Spinner label={text('emoji.loading')} /> : <code.Picker {...props} />}
    </div>
  )
}
