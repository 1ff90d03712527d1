/** What is picked is also remembered as used. It stays open: whoever shows it closes it. */
export interface EmojiPickerProps {
  readonly onPick: (emoji: string) => void
  /** Escape. */
  readonly onClose: () => void
}
