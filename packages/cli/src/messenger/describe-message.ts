import { type MessageView } from '@sotto/client'
import { describeAttachment } from './describe-attachment.ts'

/** A message as one text: what it says, or what happened. */
export function describeMessage(message: MessageView): string {
  const { attachments, body = '', data, deleted, hasMore, kind, outgoing } = message
  if (deleted !== 'no') return 'This message was deleted.'
  const said = [body, ...attachments.map(describeAttachment)].filter(line => line !== '')
  if (said.length > 0) return [...said, ...(hasMore ? ['(with more that is not supported yet)'] : [])].join('\n')
  const facts = new Map(typeof data === 'object' && data !== null ? Object.entries(data) : [])
  switch (kind) {
    case 'request-accepted':
      return outgoing ? 'You accepted the message request.' : 'The message request was accepted.'
    case 'expiry-change':
      return expiryText(facts)
    case 'data-extraction':
      return facts.get('what') === 'screenshot' ? 'A screenshot was taken.' : 'Something you sent was saved.'
    default:
      return `${wordOf(facts)} is not supported yet.`
  }
}

function expiryText(facts: ReadonlyMap<string, unknown>): string {
  const seconds = Number(facts.get('timerSeconds') ?? 0)
  if (!(seconds > 0)) return 'Messages do not disappear any more.'
  const since = facts.get('mode') === 'after-read' ? 'after they were read' : 'after they were sent'
  return `Messages disappear from now on, ${durationText(seconds)} ${since}.`
}

/** What others can send and this program can't show yet, as its first word in a sentence. */
const words: ReadonlyMap<unknown, string> = new Map([
  ['call', 'A call'],
  ['group-update', 'A group invitation'],
])

function wordOf(facts: ReadonlyMap<string, unknown>): string {
  return words.get(facts.get('kind')) ?? 'What was sent'
}

/** A length of time in its largest unit that has no remainder: `1 day`, `90 minutes`. */
function durationText(seconds: number): string {
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
