import { type MentionPlace } from './text-parts.ts'

/** A text as people read it, for the clipboard: names in the place of account ids. `you` stands for oneself. */
export function readableText(
  { body = '', mentions }: { readonly body?: string | undefined; readonly mentions: readonly MentionPlace[] },
  you: string,
): string {
  let at = 0
  let result = ''
  for (const { length, name, start } of mentions) {
    result += `${body.slice(at, start)}@${name ?? you}`
    at = start + length
  }
  return result + body.slice(at)
}
