import { type Command } from '../command.ts'
import { sessionHelp } from './session-options.ts'

/** `sotto send` */
export const send: Command = {
  name: 'send',
  synopsis: 'ID|NAME [TEXT] [--file PATH]… [--reply HASH] [--wait SECONDS] [--json]',
  summary: 'Sends a message, or files',
  help: `To an account id, a contact's name or nickname, a registered name, or \`me\` for a note to self. A TEXT of - is read from
standard input. The exit code is 0 when the network has the message. If it can't be reached in time the message is kept,
goes out the next time this account is open, and the exit code is 3.

  --file PATH              a file to go along: up to 32 pictures and videos, or one of another kind. Pictures are sent
                           without their metadata, such as the place. Up to 10 MB, and up to 200 MB to people who wrote
                           last with a client that reads such files, and to \`me\`
  --voice                  the one file is a voice message
  --reply HASH             answers the message with this hash; \`listen --json\` shows hashes
  --wait SECONDS           how long to wait for the network; default 30
  --json                   prints {"message", "state", "hash"} instead
${sessionHelp}`,
  run: async (args, ports) => (await import('./run-send.ts')).runSend(args, ports),
}
