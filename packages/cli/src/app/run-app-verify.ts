import { buildKeyFingerprint, checkFolder, usualOutDir } from '@sotto/app/build'
import { type CommandPorts } from '../command.ts'
import { readArguments } from '../usage-error.ts'
import { AppError, buildWork } from './app-error.ts'

/** `sotto app verify`: see `app-verify.ts`. */
export async function runAppVerify(args: readonly string[], { print, tell }: CommandPorts): Promise<number> {
  const { values } = readArguments(args, { dir: { type: 'string' }, by: { type: 'string' } })
  const { build, signature } = await buildWork(checkFolder(values.dir ?? usualOutDir), tell)
  const fingerprint = await buildKeyFingerprint(signature.key)
  if (values.by !== undefined && digitsOf(values.by) !== digitsOf(fingerprint)) throw new AppError('app.wrong-key')
  const when = new Date(signature.signedAt).toISOString()
  print(`${build.version}, ${build.files.length} files, as they were signed\n`)
  print(`${signature.local ? 'for one machine, ' : ''}signed ${when} by ${fingerprint}\n`)
  return 0
}

function digitsOf(fingerprint: string): string {
  return fingerprint.toLowerCase().replaceAll(/\s/g, '')
}
