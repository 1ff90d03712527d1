import { BuildError, usualOutDir } from '@sotto/app/build'
import { AssetsError } from '@sotto/gateway'
import { systemClock } from '@sotto/server'
import { type CommandPorts } from '../command.ts'
import { serveApp, type ServedApp } from './served-app.ts'
import { buildWork } from './app-error.ts'

/**
 * The build of the app that a local network serves, signed with a key in its folder: that of `given`, which must be there, or the
 * usual one, if it is.
 * @throws {AppError} @throws {AssetsError} @throws {KeyFileError}
 */
export async function chosenApp(
  given: string | undefined,
  keyFolder: string,
  { random, tell }: CommandPorts,
): Promise<ServedApp | undefined> {
  const serve = async (folder: string): Promise<ServedApp> =>
    serveApp(folder, keyFolder, { random, now: () => systemClock.now() })
  if (given !== undefined) return buildWork(serve(given), tell)
  return serve(usualOutDir).catch((error: unknown) => {
    // Nobody asked for it, so the network does without.
    if (error instanceof AssetsError) tell(`${error.sentence} It is not served.\n`)
    else if (!(error instanceof BuildError)) throw error
    return undefined
  })
}
