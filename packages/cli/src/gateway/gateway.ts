import { type Command } from '../command.ts'

/** `sotto gateway` */
export const gateway: Command = {
  name: 'gateway',
  synopsis: '[--config FILE] [SETTINGS]',
  summary: 'Runs one gateway, by which browsers reach the nodes',
  help: async () => `Flags win over the environment, that over the file, that over what is usual. Every limit is a setting too: see
docs/operating/gateway.md. It keeps nothing on disk but its key, if it has one.

${(await import('./run-gateway.ts')).settingsHelp()}`,
  run: async (args, ports) => (await import('./run-gateway.ts')).runGateway(args, ports),
}
