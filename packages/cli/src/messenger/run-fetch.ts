import { type AttachmentView, failureSentence, type MessageView } from '@sotto/client'
import { CliError } from '../cli-error.ts'
import { type CommandPorts } from '../command.ts'
import { readArguments, UsageError } from '../usage-error.ts'
import { describeAttachment, plainAttachment } from './describe-attachment.ts'
import { findPerson } from './find-person.ts'
import { openSession } from './open-session.ts'
import { saveFile } from './save-file.ts'
import { sessionOptions } from './session-options.ts'
import { type Session } from './session.ts'
import { shownTime } from './shown-text.ts'
import { untilConnected } from './until-connected.ts'

const PAGE = 100
const MAX_MESSAGES = 1000
/** What is here can be listed and saved without a network. */
const CONNECT_MS = 10_000

/** A file with the message that it came in. */
interface FoundFile {
  readonly message: MessageView
  readonly attachment: AttachmentView
}

/** `sotto fetch`: see `commands.ts`. */
export async function runFetch(args: readonly string[], ports: CommandPorts): Promise<number> {
  const options = {
    ...sessionOptions,
    to: { type: 'string' },
    message: { type: 'string' },
    last: { type: 'string' },
    wait: { type: 'string' },
    json: { type: 'boolean' },
  } as const
  const { values, positionals } = readArguments(args, options, ['ID'])
  const last = numberOf(values.last ?? '100', '--last', MAX_MESSAGES)
  const waitMs = numberOf(values.wait ?? '120', '--wait', 99_999) * 1000
  const session = await openSession(values, ports)
  try {
    const conversation = await findPerson(positionals[0] ?? '', session)
    await untilConnected(session, Math.min(waitMs, CONNECT_MS))
    const found = await findFiles(conversation, { hash: values.message, last }, session)
    const { to } = values
    if (to === undefined) {
      for (const file of found) show(file, undefined, values.json === true, ports)
      if (found.length === 0) ports.tell('There are no files.\n')
      return 0
    }
    const deadline = AbortSignal.timeout(waitMs)
    let missing = 0
    for (const file of found) if (!(await fetchOne(file, to, deadline, session, values.json === true, ports))) missing++
    return missing === 0 ? 0 : 1
  } finally {
    await session.end()
  }
}

/** Whether the file is in the folder now. */
async function fetchOne(
  { attachment, message }: FoundFile,
  folder: string,
  deadline: AbortSignal,
  session: Session,
  asJson: boolean,
  ports: CommandPorts,
): Promise<boolean> {
  const settled = await download(attachment, deadline, session)
  if (settled?.state !== 'here') {
    const why = settled?.failure === undefined ? '' : ` ${failureSentence(settled.failure)}`
    ports.tell(`${describeAttachment(settled ?? attachment)}: not saved.${why}\n`)
    return false
  }
  const saved = await saveFile(settled, folder, session)
  if (saved.isNew) await reportSaved(message, settled, session)
  else ports.tell(`${saved.path} is there already, and stays as it is.\n`)
  if (saved.isNew || asJson) show({ attachment: settled, message }, saved.path, asJson, ports)
  return true
}

/** Waits until there is no more to wait for, or for as long as it may take. `undefined` if it was deleted meanwhile. */
async function download(
  { id: attachment, state }: AttachmentView,
  deadline: AbortSignal,
  session: Session,
): Promise<AttachmentView | undefined> {
  const { client } = session
  if (state !== 'here') {
    await client.command('attachments.download', { attachment }).catch((error: unknown) => {
      if (codeOf(error) !== 'attachments.not-fetchable') throw error
    })
  }
  const isSettled = (view: AttachmentView | undefined): boolean =>
    view?.state !== 'queued' && view?.state !== 'downloading'
  try {
    return await session.until('attachments.get', { attachment }, isSettled, deadline)
  } catch (error) {
    if (!deadline.aborted) throw error
    return client.query('attachments.get', { attachment })
  }
}

/** Also of an error that came from another process. */
function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
}

async function findFiles(
  conversation: string,
  { hash, last }: { readonly hash: string | undefined; readonly last: number },
  { client }: Session,
): Promise<readonly FoundFile[]> {
  if (hash !== undefined) {
    const message = await client.query('messages.find', { hash })
    if (message === undefined || message.conversation !== conversation) throw new CliError('cli.unknown-message')
    return filesOf([message])
  }
  const messages: MessageView[] = []
  let before: string | undefined
  while (messages.length < last) {
    const limit = Math.min(PAGE, last - messages.length)
    const place = before === undefined ? {} : { before }
    const page = await client.query('messages.page', { conversation, limit, ...place })
    messages.unshift(...page.messages)
    before = page.messages[0]?.position
    if (!page.hasOlder || before === undefined) break
  }
  return filesOf(messages)
}

function filesOf(messages: readonly MessageView[]): readonly FoundFile[] {
  return messages.flatMap(message => message.attachments.map(attachment => ({ message, attachment })))
}

/** Notes to self and own files concern nobody; people who are not accepted yet are told nothing. */
async function reportSaved(
  { id, outgoing, sender }: MessageView,
  { kind }: AttachmentView,
  { client }: Session,
): Promise<void> {
  if (outgoing || (kind !== 'image' && kind !== 'video')) return
  const contact = await client.query('contacts.get', { contact: sender })
  if (contact?.approved === true && !contact.blocked) await client.command('extraction.report-saved', { message: id })
}

function show(
  { attachment, message }: FoundFile,
  path: string | undefined,
  asJson: boolean,
  { print }: CommandPorts,
): void {
  const { hash, id, outgoing, sender, sentAt } = message
  if (asJson) {
    print(`${JSON.stringify({ ...plainAttachment(attachment), message: id, hash, sender, outgoing, sentAt, path })}\n`)
    return
  }
  const who = outgoing ? 'sent' : 'received'
  print(`${path ?? `${shownTime(sentAt, Date.now())}  ${who}  ${describeAttachment(attachment)}`}\n`)
}

function numberOf(text: string, option: string, most: number): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > most) throw new UsageError(`${option} takes a number up to ${most}.`)
  return Number(text)
}
