import { Smile } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { EmojiPicker, prefetchEmoji } from '../emoji/index.ts'
import { useShortcut } from '../shortcuts/index.ts'
import { useLanguage, useText } from '../texts/index.ts'
import { IconButton, Popover } from '../ui/index.ts'
import { type Field, type Selection } from './use-field.ts'

/** After what the conversation itself needs. */
const prefetchAfterMs = 3000

/** Opens all emoji; each that is picked goes where the caret was, one after another. */
export function EmojiButton({ field }: { readonly field: Field }): ReactNode {
  const text = useText()
  const [isOpen, setOpen] = useState(false)
  const place = useRef<Selection>({ start: 0, end: 0 })
  const change = (next: boolean): void => {
    setOpen(next)
    if (next) place.current = field.selection
    // After the focus went back to the button.
    else if (matchMedia('(hover: hover)').matches) setTimeout(() => field.ref.current?.focus(), 30)
  }
  const language = useLanguage()
  useEffect(() => {
    const timer = setTimeout(() => prefetchEmoji(language), prefetchAfterMs)
    return () => clearTimeout(timer)
  }, [language])
  useShortcut('main', 'Mod+E', () => change(!isOpen))
  return (
    <Popover
      trigger={<IconButton icon={Smile} label={text('composer.emoji')} />}
      placement="top end"
      label={text('composer.emoji')}
      isFlush
      isOpen={isOpen}
      onOpenChange={change}
    >
      <EmojiPicker
        onClose={() => change(false)}
        onPick={emoji => {
          field.insert(place.current, emoji)
          const start = place.current.start + emoji.length
          place.current = { start, end: start }
        }}
      />
    </Popover>
  )
}
