import { type Command, type CommandPorts } from '../command.ts'
import { readArguments } from '../usage-error.ts'
import { tellNetwork, untilDown } from './control.ts'
import { chosenFolder } from './chosen-folder.ts'

/** `sotto network status` */
export const networkStatus: Command = {
  name: 'network status',
  synopsis: '[--dir DIR]',
  summary: 'Tells how the network of a folder is',
  help: `Prints, as JSON, where its nodes are, whether they run and what they have counted. Exit code 1 if none runs.

  --dir DIR   the folder that \`sotto network up\` was given, if it was`,
  run: async (args, { env, print }) => {
    print(`${JSON.stringify(await tellNetwork(folderOf(args, env), 'status'), undefined, 2)}\n`)
    return 0
  },
}

/** `sotto network down` */
export const networkDown: Command = {
  name: 'network down',
  synopsis: '[--dir DIR]',
  summary: 'Ends the network of a folder',
  help: `Its nodes answer what they were asked, then end; this command waits for that. What was stored stays. Exit code 1 if
none runs.

  --dir DIR   the folder that \`sotto network up\` was given, if it was`,
  run: async (args, { env }) => {
    const folder = folderOf(args, env)
    await tellNetwork(folder, 'down')
    await untilDown(folder)
    return 0
  },
}

function folderOf(args: readonly string[], env: CommandPorts['env']): string {
  return chosenFolder(readArguments(args, { dir: { type: 'string' } }).values.dir, env)
}
