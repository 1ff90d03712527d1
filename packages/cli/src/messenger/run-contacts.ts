import { type ContactView } from '@sotto/client'
import { type CommandPorts } from '../command.ts'
import { parseOptions, UsageError } from '../usage-error.ts'
import { findPerson } from './find-person.ts'
import { openSession } from './open-session.ts'
import { sessionOptions } from './session-options.ts'
import { type Session } from './session.ts'
import { shownName } from './shown-text.ts'

const options = {
  ...sessionOptions,
  nickname: { type: 'string' },
  block: { type: 'string' },
  unblock: { type: 'string' },
  blocked: { type: 'boolean' },
  json: { type: 'boolean' },
} as const

/** `sotto contacts`: see `contacts.ts`. */
export async function runContacts(args: readonly string[], ports: CommandPorts): Promise<number> {
  const { values, positionals } = parseOptions(args, options)
  const { block, blocked, json, nickname, unblock } = values
  if (positionals.length !== (nickname === undefined ? 0 : 1)) {
    throw new UsageError(
      nickname === undefined ? 'This command takes no arguments.' : '--nickname takes a person and a TEXT.',
    )
  }
  const session = await openSession(values, ports)
  const { client } = session
  try {
    if (nickname !== undefined) {
      const contact = await findPerson(nickname, session)
      await client.command('contacts.set-nickname', { contact, nickname: positionals[0] ?? '' })
    }
    if (block !== undefined) await client.command('contacts.block', { contact: await findPerson(block, session) })
    if (unblock !== undefined)
      await client.command('contacts.unblock', { contact: await blockedPerson(unblock, session) })
    if (nickname !== undefined || block !== undefined || unblock !== undefined) return 0
    const people = await client.query(blocked === true ? 'contacts.blocked' : 'contacts.list')
    if (json === true) ports.print(`${JSON.stringify(people)}\n`)
    else for (const person of people) ports.print(`${lineOf(person)}\n`)
    return 0
  } finally {
    await session.end()
  }
}

/** Those who are blocked are not among the contacts by name. */
async function blockedPerson(text: string, session: Session): Promise<string> {
  const people = await session.client.query('contacts.blocked')
  return people.find(({ shownName: name }) => name === text)?.id ?? findPerson(text, session)
}

function lineOf({ approvedMe, id, nickname, shownName: name }: ContactView): string {
  const real = nickname === undefined ? '' : ' (nickname)'
  return `${id}  ${shownName(name, id)}${real}${approvedMe ? '' : ', has not answered yet'}`
}
