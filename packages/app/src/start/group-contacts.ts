import { type ContactView } from '@sotto/client'

/** Contacts under one heading. */
export interface ContactGroup {
  /** A letter; `undefined` for those that begin with none, who stand at the end. */
  readonly letter: string | undefined
  readonly contacts: readonly ContactView[]
}

/** Contacts by the first letter of what they are called. Spec 50 §2.7. */
export function groupContacts(contacts: readonly ContactView[], language: string): readonly ContactGroup[] {
  const collator = new Intl.Collator(language, { sensitivity: 'base', numeric: true })
  const groups = new Map<string | undefined, ContactView[]>()
  for (const contact of contacts.toSorted((a, b) => collator.compare(a.shownName, b.shownName))) {
    const letter = letterOf(contact, language)
    groups.set(letter, [...(groups.get(letter) ?? []), contact])
  }
  const sorted = [...groups].map(([letter, members]) => ({ letter, contacts: members }))
  return sorted.toSorted((a, b) => {
    if (a.letter === undefined || b.letter === undefined)
      return Number(a.letter === undefined) - Number(b.letter === undefined)
    return collator.compare(a.letter, b.letter)
  })
}

function letterOf({ name, nickname, shownName }: ContactView, language: string): string | undefined {
  if (name === undefined && nickname === undefined) return undefined
  const [first = ''] = shownName.trim().normalize('NFD')
  return /\p{L}/u.test(first) ? first.toLocaleUpperCase(language) : undefined
}
