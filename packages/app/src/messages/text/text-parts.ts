/** A piece of a line of text. */
export type TextPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly url: string }
  /** `name` is `undefined` for oneself. */
  | { readonly kind: 'mention'; readonly text: string; readonly account: string; readonly name: string | undefined }
  | { readonly kind: 'bold' | 'italic' | 'strike'; readonly parts: readonly TextPart[] }

/** What stands below each other in a message. */
export type TextBlock =
  | { readonly kind: 'paragraph' | 'quote'; readonly parts: readonly TextPart[] }
  | { readonly kind: 'code'; readonly text: string }

/** What a client says of the people in a text. Positions are in UTF-16 units. */
export interface MentionPlace {
  readonly start: number
  readonly length: number
  readonly account: string
  readonly name: string | undefined
}
