import { type Arrival, followArrivals } from '@sotto/client'
import { cleanText } from '../chat/clean-text.ts'
import { CliError } from '../cli-error.ts'
import { type CommandPorts } from '../command.ts'
import { readArguments } from '../usage-error.ts'
import { describeMessage } from './describe-message.ts'
import { plainAttachment } from './describe-attachment.ts'
import { openSession } from './open-session.ts'
import { sessionOptions } from './session-options.ts'
import { shownName, shownTime } from './shown-text.ts'

/** `sotto listen`: see `commands.ts`. */
export async function runListen(args: readonly string[], ports: CommandPorts): Promise<number> {
  const { values } = readArguments(args, { ...sessionOptions, json: { type: 'boolean' } })
  const session = await openSession(values, ports)
  const ended = new AbortController()
  const { id } = await session.client.query('account.get')
  ports.tell(`Listening as ${id}. Ctrl-C ends it.\n`)
  const show = (arrival: Arrival): void => {
    ports.print(values.json === true ? `${JSON.stringify(plain(arrival))}\n` : `${lineOf(arrival)}\n`)
  }
  session.ended.addEventListener('abort', () => ended.abort(new CliError('cli.locked')), { once: true })
  const stop = followArrivals(session.client, 'sotto-listen', show, error => ended.abort(error))
  return ports.untilTold(async () => {
    stop()
    await session.end()
  }, ended.signal)
}

function lineOf(arrival: Arrival): string {
  const name = shownName(arrival.senderName, arrival.sender)
  const request = arrival.isRequest ? ' (message request)' : ''
  return `${shownTime(arrival.sentAt, Date.now())}  ${name}${request}: ${cleanText(describeMessage(arrival))}`
}

function plain(arrival: Arrival): Readonly<Record<string, unknown>> {
  const { id, hash, conversation, sender, senderName, isRequest, sentAt, kind, body, quote, mentionsMe, expiry } =
    arrival
  const attachments = arrival.attachments.map(plainAttachment)
  const what = { kind, body, attachments, quote, mentionsMe, expiry, data: arrival.data }
  return { message: id, hash, conversation, sender, senderName, isRequest, sentAt, ...what }
}
