import { type Command } from '../command.ts'

/** `sotto node` */
export const node: Command = {
  name: 'node',
  synopsis: '[--config FILE] [SETTINGS]',
  summary: 'Runs one service node',
  help: async () => `Flags win over the environment, that over the file, that over what is usual. Every limit is a setting too: see
docs/operating/node.md. The key of the node is made at the first start, in the folder of its data.

${(await import('./run-node.ts')).settingsHelp()}`,
  run: async (args, ports) => (await import('./run-node.ts')).runNode(args, ports),
}
