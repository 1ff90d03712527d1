import { cleanLine } from '../chat/clean-text.ts'
import { type CommandPorts } from '../command.ts'
import { openSession } from '../messenger/open-session.ts'
import { sessionOptions } from '../messenger/session-options.ts'
import { readArguments } from '../usage-error.ts'

/** `sotto account show`: see `show.ts`. */
export async function runShow(args: readonly string[], ports: CommandPorts): Promise<number> {
  const options = { ...sessionOptions, words: { type: 'boolean' }, json: { type: 'boolean' } } as const
  const { values } = readArguments(args, options)
  const session = await openSession(values, ports)
  try {
    const { id, name } = await session.client.query('account.get')
    const recoveryPhrase = values.words === true ? await session.client.command('account.recovery-phrase') : undefined
    if (values.json === true) ports.print(`${JSON.stringify({ accountId: id, name, recoveryPhrase })}\n`)
    else {
      ports.print(`Account id:      ${id}\n`)
      if (name !== undefined) ports.print(`Name:            ${cleanLine(name)}\n`)
      if (recoveryPhrase !== undefined) ports.print(`Recovery words:  ${recoveryPhrase}\n`)
    }
    return 0
  } finally {
    await session.end()
  }
}
