import { type CommandPorts } from '../command.ts'
import { readArguments } from '../usage-error.ts'
import { openSession } from './open-session.ts'
import { sessionOptions } from './session-options.ts'
import { shownName, shownTime } from './shown-text.ts'

const options = {
  ...sessionOptions,
  accept: { type: 'string' },
  decline: { type: 'string' },
  block: { type: 'string' },
  json: { type: 'boolean' },
} as const

/** `sotto requests`: see `requests.ts`. */
export async function runRequests(args: readonly string[], ports: CommandPorts): Promise<number> {
  const { values } = readArguments(args, options)
  const { accept, block, decline, json } = values
  const session = await openSession(values, ports)
  const { client } = session
  try {
    if (accept !== undefined) await client.command('requests.accept', { contact: accept })
    if (decline !== undefined) await client.command('requests.decline', { contact: decline })
    if (block !== undefined) await client.command('requests.block', { contact: block })
    if (accept !== undefined || decline !== undefined || block !== undefined) return 0
    const rows = await client.query('requests.list')
    if (json === true) ports.print(`${JSON.stringify(rows)}\n`)
    for (const { contact, lastActivityAt, name, unreadCount } of json === true ? [] : rows) {
      const unread = unreadCount === 0 ? '' : `, ${unreadCount} unread`
      ports.print(`${contact}  ${shownName(name, contact)}, ${shownTime(lastActivityAt, Date.now())}${unread}\n`)
    }
    return 0
  } finally {
    await session.end()
  }
}
