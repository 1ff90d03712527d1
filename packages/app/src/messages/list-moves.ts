/** What a conversation wants of its list. */
export interface ListWishes {
  /** A message to be seen, and which wish that is. */
  readonly focus: { readonly message: number; readonly nonce: number } | undefined
  readonly marks: ReadonlyMap<number, readonly string[]> | undefined
}

/** Ways to move that other parts of the screen have. */
export interface ListMoves {
  readonly to: (message: number) => Promise<boolean>
  /** The first message at or after a time, Unix ms. */
  readonly toDate: (at: number) => Promise<boolean>
  readonly toEnd: () => void
  readonly focus: () => void
}
