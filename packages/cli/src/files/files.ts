import { type Command } from '../command.ts'

/** `sotto files` */
export const files: Command = {
  name: 'files',
  synopsis: '[--config FILE] [SETTINGS]',
  summary: 'Runs one file server',
  help: async () => `Keeps sealed files for a while. Flags win over the environment, that over the file, that over what is usual. Every limit is
a setting too: see docs/operating/files.md. The key of the server is made at the first start, in the folder of its data.

${(await import('./run-files.ts')).settingsHelp()}`,
  run: async (args, ports) => (await import('./run-files.ts')).runFiles(args, ports),
}
