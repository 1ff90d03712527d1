import { type Commands, type MessageView, type TypedClient } from '@sotto/client'
import { isNotice } from './chat-lines.ts'
import { parseDuration } from './parse-duration.ts'

/** What a command line of a chat works with. */
export interface ChatContext {
  readonly client: TypedClient
  readonly conversation: string
  /** Oldest first. */
  readonly messages: readonly MessageView[]
  /** The own account id. */
  readonly own: string
  readonly newId: () => string
}

/**
 * Runs a line that begins with a slash. Answers with a sentence for the user, or nothing where the screen shows what became
 * of it.
 * @throws {SottoError} those of the client's commands
 */
export async function runChatCommand(line: string, context: ChatContext): Promise<string | undefined> {
  const [, word = '', rest = ''] = /^\/(\S*)\s*([\s\S]*)$/.exec(line) ?? []
  const run = commands.get(word)
  return run === undefined ? `There is no command /${word}.` : run(rest.trim(), context)
}

type Run = (rest: string, context: ChatContext) => Promise<string | undefined>

const commands: ReadonlyMap<string, Run> = new Map<string, Run>([
  ['react', react],
  ['reply', reply],
  ['delete', deleteNewest],
  ['expire', expire],
  ['retry', retry],
  ['accept', onContact('requests.accept')],
  ['decline', onContact('requests.decline')],
  ['block', onContact('contacts.block')],
  ['unblock', onContact('contacts.unblock')],
])

async function react(emoji: string, { client, messages, own }: ChatContext): Promise<string | undefined> {
  const target = newest(messages, ({ outgoing }) => !outgoing)
  if (target === undefined) return 'There is nothing to react to.'
  if (emoji === '') return 'Which emoji?'
  const has = target.reactions.some(each => each.emoji === emoji && each.senders.some(sender => sender === own))
  await client.command(has ? 'reactions.remove' : 'reactions.add', { message: target.id, emoji })
  return undefined
}

async function reply(
  body: string,
  { client, conversation, messages, newId }: ChatContext,
): Promise<string | undefined> {
  const target = newest(messages, ({ outgoing }) => !outgoing)
  if (target === undefined) return 'There is nothing to reply to.'
  if (body === '') return 'What is the reply?'
  await client.command('messages.send', { id: newId(), conversation, body, quote: target.id })
  return undefined
}

async function deleteNewest(_: string, { client, messages }: ChatContext): Promise<string | undefined> {
  const target = newest(messages, ({ outgoing }) => outgoing)
  if (target === undefined) return 'There is nothing to delete.'
  await client.command('deletion.delete', { messages: [target.id], scope: 'everywhere' })
  return undefined
}

async function expire(text: string, { client, conversation, own }: ChatContext): Promise<string | undefined> {
  const timerSeconds = text === 'off' ? 0 : parseDuration(text)
  if (timerSeconds === undefined) return 'After how long? Such as 1h, 12h, 1d, or off.'
  const mode = timerSeconds === 0 ? 'off' : conversation === own ? 'after-send' : 'after-read'
  await client.command('expiry.set', { conversation, mode, timerSeconds })
  return undefined
}

async function retry(_: string, { client, messages }: ChatContext): Promise<string | undefined> {
  const unsent = messages.filter(({ state }) => state === 'failed' || state === 'queued')
  for (const { id } of unsent) await client.command('messages.resend', { message: id })
  return unsent.length === 0 ? 'Everything was sent.' : undefined
}

type ContactCommand = keyof Commands & ('requests.accept' | 'requests.decline' | 'contacts.block' | 'contacts.unblock')

function onContact(name: ContactCommand): Run {
  return async (_, { client, conversation }) => {
    await client.command(name, { contact: conversation })
    return undefined
  }
}

function newest(messages: readonly MessageView[], is: (view: MessageView) => boolean): MessageView | undefined {
  return messages.findLast(view => view.deleted === 'no' && !isNotice(view) && is(view))
}
