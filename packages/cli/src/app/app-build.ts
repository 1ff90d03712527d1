import { type Command } from '../command.ts'

/** `sotto app build` */
export const appBuild: Command = {
  name: 'app build',
  synopsis: '[--out DIR]',
  summary: 'Builds the app for a gateway that others use',
  help: `Builds the app from the sources of this repository, with the list of all its files (build.json) and compressed copies. The
same sources give the same files, byte for byte: anyone can check a build by making it again. Then comes \`sotto app sign\`.

  --out DIR   replaced as a whole; default: packages/app/dist

VITE_SOTTO_TRUSTED_KEYS in the environment names the keys that sign the list of nodes, in hex, separated by commas. A build without
them trusts the network of the machine that serves it, which is for that machine only.`,
  run: async (args, ports) => (await import('./run-app-build.ts')).runAppBuild(args, ports),
}
