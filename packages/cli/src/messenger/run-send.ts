import { failureSentence, type MessageView } from '@sotto/client'
import { CliError } from '../cli-error.ts'
import { type CommandPorts } from '../command.ts'
import { readArguments, UsageError } from '../usage-error.ts'
import { findPerson } from './find-person.ts'
import { openSession } from './open-session.ts'
import { sessionOptions } from './session-options.ts'
import { type Session } from './session.ts'
import { shownTime } from './shown-text.ts'

/** Exit code for a message that is kept and goes out later. */
const queuedCode = 3

/** `sotto send`: see `commands.ts`. */
export async function runSend(args: readonly string[], ports: CommandPorts): Promise<number> {
  const options = {
    ...sessionOptions,
    reply: { type: 'string' },
    wait: { type: 'string' },
    json: { type: 'boolean' },
  } as const
  const { values, positionals } = readArguments(args, options, ['ID', 'TEXT'])
  const [person = '', text = ''] = positionals
  const waitMs = secondsOf(values.wait ?? '30') * 1000
  const body = text === '-' ? await ports.readText() : text
  const session = await openSession(values, ports)
  try {
    const conversation = await findPerson(person, session)
    const quote = values.reply === undefined ? undefined : await findByHash(values.reply, session)
    const id = Array.from(ports.random(16), byte => byte.toString(16).padStart(2, '0')).join('')
    const sent = { id, conversation, body, ...(quote === undefined ? {} : { quote }) }
    const { message } = await session.client.command('messages.send', sent)
    return tell(await settle(session, message, waitMs), values.json === true, ports)
  } finally {
    await session.end()
  }
}

/** Waits until the message is sent or was given up, or the time is over. */
async function settle(session: Session, message: number, waitMs: number): Promise<MessageView | undefined> {
  const isSettled = (view: MessageView | undefined): boolean => view?.state !== 'queued'
  try {
    return await session.until('messages.get', { message }, isSettled, AbortSignal.timeout(waitMs))
  } catch (error) {
    if (error instanceof DOMException && error.name === 'TimeoutError')
      return session.client.query('messages.get', { message })
    throw error
  }
}

function tell(view: MessageView | undefined, asJson: boolean, { print, tell: say }: CommandPorts): number {
  if (view === undefined) throw new CliError('cli.unknown-message')
  const { id, state, hash, failure, nextTryAt } = view
  if (asJson) print(`${JSON.stringify({ message: id, state, hash, failure, nextTryAt })}\n`)
  if (state === 'sent') {
    if (!asJson) print(`Sent${hash === undefined ? '' : ` (${hash})`}.\n`)
    return 0
  }
  const next = nextTryAt === undefined ? '' : `, or in any case tries at ${shownTime(nextTryAt, Date.now())}`
  if (state === 'queued') say(`Not sent yet. The message is kept and goes out when this account is next open${next}.\n`)
  else
    say(`Not sent: ${failureSentence(failure ?? '')} The message is kept; /retry in \`sotto chat\` sends it again.\n`)
  return state === 'queued' ? queuedCode : 1
}

async function findByHash(hash: string, session: Session): Promise<number> {
  const found = await session.client.query('messages.find', { hash })
  if (found === undefined) throw new CliError('cli.unknown-message')
  return found.id
}

function secondsOf(text: string): number {
  if (!/^\d{1,5}$/.test(text)) throw new UsageError('--wait takes a number of seconds.')
  return Number(text)
}
