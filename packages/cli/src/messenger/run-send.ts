import { failureSentence, type MessageView } from '@sotto/client'
import { CliError } from '../cli-error.ts'
import { type CommandPorts } from '../command.ts'
import { parseOptions, UsageError } from '../usage-error.ts'
import { findPerson } from './find-person.ts'
import { openSession } from './open-session.ts'
import { sessionOptions } from './session-options.ts'
import { type Session } from './session.ts'
import { stageFiles } from './stage-files.ts'
import { shownTime } from './shown-text.ts'
import { untilConnected } from './until-connected.ts'

/** Exit code for a message that is kept and goes out later. */
const queuedCode = 3

/** `sotto send`: see `commands.ts`. */
export async function runSend(args: readonly string[], ports: CommandPorts): Promise<number> {
  const options = {
    ...sessionOptions,
    file: { type: 'string', multiple: true },
    voice: { type: 'boolean' },
    reply: { type: 'string' },
    wait: { type: 'string' },
    json: { type: 'boolean' },
  } as const
  const { values, positionals } = parseOptions(args, options)
  const paths = values.file ?? []
  requireArguments(positionals.length, paths.length > 0)
  const [person = '', text = ''] = positionals
  const waitMs = secondsOf(values.wait ?? '30') * 1000
  const body = text === '-' ? await ports.readText() : text
  const session = await openSession(values, ports)
  try {
    const conversation = await findPerson(person, session)
    const quote = values.reply === undefined ? undefined : await findByHash(values.reply, session)
    const id = Array.from(ports.random(16), byte => byte.toString(16).padStart(2, '0')).join('')
    // Whether files may be sent can depend on an answer that is on its way.
    if (paths.length > 0) await untilConnected(session, waitMs)
    const attachments = await stageFiles(paths, conversation, session)
    const sent = {
      id,
      conversation,
      body,
      attachments,
      voice: values.voice === true,
      ...(quote === undefined ? {} : { quote }),
    }
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

/** A text can be missing where there are files. */
function requireArguments(given: number, hasFiles: boolean): void {
  if (given === 0) throw new UsageError('ID is missing.')
  if (given === 1 && !hasFiles) throw new UsageError('TEXT is missing.')
  if (given > 2) throw new UsageError('Only ID TEXT is expected.')
}

function secondsOf(text: string): number {
  if (!/^\d{1,5}$/.test(text)) throw new UsageError('--wait takes a number of seconds.')
  return Number(text)
}
