/** What somebody typed to say whom they want to write to. */
export type Recipient =
  | { readonly kind: 'account'; readonly id: string }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'wrong'; readonly why: 'empty' | 'bad' | 'group' | 'blinded' | 'length'; readonly count: number }

const longest = 100

/** Reads an account id or the name of one. Of other ids it says what is wrong. Spec 50 §2.8, 10 §8. */
export function readRecipient(typed: string): Recipient {
  const text = typed.trim().toLowerCase()
  const count = text.length
  const wrong = (why: 'empty' | 'bad' | 'group' | 'blinded' | 'length'): Recipient => ({ kind: 'wrong', why, count })
  if (text === '') return wrong('empty')
  if (/^05[0-9a-f]{64}$/.test(text)) return { kind: 'account', id: text }
  if (/^03[0-9a-f]{64}$/.test(text)) return wrong('group')
  if (/^[12]5[0-9a-f]{64}$/.test(text)) return wrong('blinded')
  if (count > 40 && /^[0-9a-f]+$/.test(text)) return wrong('length')
  if (count > longest || !/^(?!-)[a-z0-9_-]+(?<!-)$/.test(text)) return wrong('bad')
  return { kind: 'name', name: text }
}
