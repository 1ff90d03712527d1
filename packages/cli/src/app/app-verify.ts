import { type Command } from '../command.ts'

/** `sotto app verify` */
export const appVerify: Command = {
  name: 'app verify',
  synopsis: '[--dir DIR] [--by FINGERPRINT]',
  summary: 'Checks a build of the app against its signature',
  help: `Checks the signature and every file, and prints the version, the time of the signature and the fingerprint of its key. Fails with
exit code 1 where something is not right.

  --dir DIR         the build; default: packages/app/dist
  --by FINGERPRINT  also fails if another key signed it`,
  run: async (args, ports) => (await import('./run-app-verify.ts')).runAppVerify(args, ports),
}
