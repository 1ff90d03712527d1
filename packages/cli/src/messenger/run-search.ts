import { type FoundMessage } from '@sotto/client'
import { cleanLine } from '../chat/clean-text.ts'
import { type CommandPorts } from '../command.ts'
import { readArguments, UsageError } from '../usage-error.ts'
import { findPerson } from './find-person.ts'
import { openSession } from './open-session.ts'
import { sessionOptions } from './session-options.ts'
import { type Session } from './session.ts'
import { shownName, shownTime } from './shown-text.ts'

const options = {
  ...sessionOptions,
  in: { type: 'string' },
  best: { type: 'boolean' },
  limit: { type: 'string' },
  json: { type: 'boolean' },
} as const

/** `sotto search`: see `search.ts`. */
export async function runSearch(args: readonly string[], ports: CommandPorts): Promise<number> {
  const { values, positionals } = readArguments(args, options, ['TEXT'])
  const limit = values.limit === undefined ? undefined : limitOf(values.limit)
  const session = await openSession(values, ports)
  try {
    const conversation = values.in === undefined ? undefined : await findPerson(values.in, session)
    const found = await session.client.query('search.messages', {
      text: positionals[0] ?? '',
      order: values.best === true ? 'best' : 'newest',
      ...(conversation === undefined ? {} : { conversation }),
      ...(limit === undefined ? {} : { limit }),
    })
    if (values.json === true) ports.print(`${JSON.stringify(found)}\n`)
    else for (const each of found) ports.print(`${await lineOf(each, session)}\n`)
    return found.length > 0 ? 0 : 1
  } finally {
    await session.end()
  }
}

async function lineOf({ conversation, outgoing, sentAt, snippet }: FoundMessage, session: Session): Promise<string> {
  const row = await session.client.query('conversations.get', { conversation })
  const name = shownName(row?.name, conversation)
  const text = cleanLine(snippet.map(part => part.text).join(''))
  return `${shownTime(sentAt, Date.now())}  ${outgoing ? `to ${name}` : name}: ${text}`
}

function limitOf(text: string): number {
  if (!/^\d{1,4}$/.test(text)) throw new UsageError('--limit takes a number.')
  return Number(text)
}
