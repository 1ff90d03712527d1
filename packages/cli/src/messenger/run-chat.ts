import { CliError } from '../cli-error.ts'
import { type CommandPorts } from '../command.ts'
import { readArguments } from '../usage-error.ts'
import { Chat } from './chat-session.ts'
import { findPerson } from './find-person.ts'
import { openSession } from './open-session.ts'
import { sessionOptions } from './session-options.ts'

/** `sotto chat`: see `commands.ts`. */
export async function runChat(args: readonly string[], ports: CommandPorts): Promise<number> {
  const { values, positionals } = readArguments(args, sessionOptions, ['ID'])
  const { terminal } = ports
  if (terminal === undefined) throw new CliError('cli.no-terminal')
  const session = await openSession(values, ports)
  try {
    const conversation = await findPerson(positionals[0] ?? '', session)
    await new Chat({ session, conversation, terminal, random: ports.random }).run()
    return 0
  } finally {
    await session.end()
  }
}
