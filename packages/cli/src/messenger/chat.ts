import { type Command } from '../command.ts'
import { sessionHelp } from './session-options.ts'

/** `sotto chat` */
export const chat: Command = {
  name: 'chat',
  synopsis: 'ID|NAME',
  summary: 'A conversation in the terminal',
  help: `Return sends, Alt-Return begins a new line, Page Up and Page Down scroll, Ctrl-C leaves. A line that begins with a slash
is a command:

  /react EMOJI             reacts to the newest message of the other person; again, takes it back
  /reply TEXT              answers that message
  /delete                  deletes your newest message for everyone
  /expire TIME|off         lets messages disappear TIME after they were read: 5m, 1h, 12h, 1d, 7d, 14d
  /retry                   sends again what could not be sent
  /accept  /decline        what to do with a message request
  /block   /unblock

${sessionHelp}`,
  run: async (args, ports) => (await import('./run-chat.ts')).runChat(args, ports),
}
