import { buildApp } from '@sotto/app/build'
import { type CommandPorts } from '../command.ts'
import { readArguments } from '../usage-error.ts'
import { buildWork } from './app-error.ts'

/** `sotto app build`: see `app-build.ts`. */
export async function runAppBuild(args: readonly string[], { print, tell }: CommandPorts): Promise<number> {
  const { values } = readArguments(args, { out: { type: 'string' } })
  tell('Building the app …\n')
  const { version, files } = await buildWork(buildApp(values.out === undefined ? {} : { outDir: values.out }), tell)
  print(`${version}, ${files.length} files\n`)
  return 0
}
