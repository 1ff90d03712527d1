import { type MessageView } from '@sotto/client'
import { plainText } from '../messages/text/plain-text.ts'

const maxUnits = 200

/** The beginning of a message in one line, with names for mentions; `undefined` if it has no text. */
export function quotedText(
  { body = '', mentions }: Pick<MessageView, 'body' | 'mentions'>,
  you: string,
): string | undefined {
  const line = plainText(body, mentions, you).trim().replaceAll(/\s+/g, ' ').slice(0, maxUnits)
  return line === '' ? undefined : line
}
