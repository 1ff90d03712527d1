import { type MessageView } from '@sotto/client'

/** A message as one text: what it says, or what happened. */
export function describeMessage({ body, deleted, hasMore, kind, outgoing, data }: MessageView): string {
  if (deleted !== 'no') return 'This message was deleted.'
  if (body !== undefined && body !== '') return hasMore ? `${body}\n(with more that is not supported yet)` : body
  switch (kind) {
    case 'request-accepted':
      return outgoing ? 'You accepted the message request.' : 'The message request was accepted.'
    case 'expiry-change':
      return expiryText(data)
    case 'data-extraction':
      return 'Something you sent was saved.'
    default:
      return `This kind of message is not supported yet (${kind}).`
  }
}

function expiryText(data: unknown): string {
  const seconds = typeof data === 'object' && data !== null && 'seconds' in data ? Number(data.seconds) : 0
  return seconds > 0
    ? `Messages disappear from now on, after ${durationText(seconds)}.`
    : 'Messages do not disappear any more.'
}

/** A length of time in its largest unit that has no remainder: `1 day`, `90 minutes`. */
export function durationText(seconds: number): string {
  const units = [
    [86_400, 'day'],
    [3600, 'hour'],
    [60, 'minute'],
    [1, 'second'],
  ] as const
  const [size, name] = units.find(([each]) => seconds % each === 0) ?? [1, 'second']
  const count = seconds / size
  return `${count} ${name}${count === 1 ? '' : 's'}`
}
