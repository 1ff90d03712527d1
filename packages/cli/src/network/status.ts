import { type Command, type CommandPorts } from '../command.ts'
import { readArguments } from '../usage-error.ts'
import { tellNetwork } from './control.ts'
import { requireFolder } from './up.ts'

/** `sotto network status` */
export const networkStatus: Command = {
  name: 'network status',
  synopsis: '--dir DIR',
  summary: 'Tells how the network of a folder is',
  help: `Prints, as JSON, where its nodes are, whether they run and what they have counted. Exit code 1 if none runs.

  --dir DIR   the folder that \`sotto network up\` was given`,
  run: async (args, ports) => tell(args, ports, 'status'),
}

/** `sotto network down` */
export const networkDown: Command = {
  name: 'network down',
  synopsis: '--dir DIR',
  summary: 'Ends the network of a folder',
  help: `Its nodes answer what they were asked, then end. What was stored stays. Exit code 1 if none runs.

  --dir DIR   the folder that \`sotto network up\` was given`,
  run: async (args, ports) => tell(args, ports, 'down'),
}

async function tell(args: readonly string[], { print }: CommandPorts, command: 'status' | 'down'): Promise<number> {
  const { values } = readArguments(args, { dir: { type: 'string' } })
  const reply = await tellNetwork(requireFolder(values.dir), command)
  print(`${JSON.stringify(reply, undefined, 2)}\n`)
  return 0
}
