import { type Command } from '../command.ts'

/** `sotto app sign` */
export const appSign: Command = {
  name: 'app sign',
  synopsis: '--key FILE [--dir DIR]',
  summary: 'Signs a build of the app, so that browsers take it',
  help: `Writes build.json.sig beside build.json. Browsers remember the key of the first build that they see, and take newer builds of that
key only: keep it safe, keep it offline, and do not lose it.

  --key FILE  the key, 32 bytes, for its owner only; made if it is not there
  --dir DIR   the build; default: packages/app/dist`,
  run: async (args, ports) => (await import('./run-app-sign.ts')).runAppSign(args, ports),
}
