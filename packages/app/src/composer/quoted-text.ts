import { type MessageView } from '@sotto/client'

const maxUnits = 200

/** The beginning of a message in one line, with names for mentions; `undefined` if it has no text. */
export function quotedText(
  { body, mentions }: Pick<MessageView, 'body' | 'mentions'>,
  you: string,
): string | undefined {
  if (body === undefined || body.trim() === '') return undefined
  let line = ''
  let at = 0
  for (const { start, length, name } of mentions) {
    line += `${body.slice(at, start)}@${name ?? you}`
    at = start + length
  }
  line += body.slice(at)
  return line.trim().replaceAll(/\s+/g, ' ').slice(0, maxUnits)
}
