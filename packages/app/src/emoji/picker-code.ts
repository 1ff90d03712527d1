import { type ComponentType } from 'react'
import { type EmojiPickerProps } from './emoji-picker-props.ts'

/** The code of the picker: fetched once, and then there at once. Suspense would show its fallback for a third of a second. */
class PickerCode {
  #component: ComponentType<EmojiPickerProps> | undefined

  get component(): ComponentType<EmojiPickerProps> | undefined {
    return this.#component
  }

  async load(): Promise<void> {
    this.#component = (await import('./picker.tsx')).Picker
  }
}

/** One for the page. */
export const pickerCode = new PickerCode()
