import { SottoError } from '@sotto/protocol/error'
import { BuildError, type BuildErrorCode } from '@sotto/app/build'

/** What can go wrong with the app on this machine. */
export type AppErrorCode =
  | 'app.build-failed'
  | 'app.no-build'
  | 'app.damaged'
  | 'app.unsigned'
  | 'app.wrong-key'
  | 'app.port-taken'

const sentences: Readonly<Record<AppErrorCode, string>> = {
  'app.build-failed': 'The app could not be built.',
  'app.no-build': 'There is no build of the app in this folder: `sotto app build` makes one.',
  'app.damaged': 'A file of the app is not as it was signed.',
  'app.unsigned': 'The build of the app has no signature, or a wrong one: `sotto app sign` makes one.',
  'app.wrong-key': 'The build of the app was signed by another key.',
  'app.port-taken': 'Another program uses this port already: stop it or choose another one with --port.',
}

/** An app that cannot be built, believed or served. `detail.port` of `app.port-taken` is which one. */
export class AppError extends SottoError<AppErrorCode> {
  override readonly name = 'AppError'

  override get sentence(): string {
    return sentences[this.code]
  }
}

const codes: Readonly<Record<BuildErrorCode, AppErrorCode>> = {
  'build.failed': 'app.build-failed',
  'build.no-build': 'app.no-build',
  'build.damaged': 'app.damaged',
  'build.unsigned': 'app.unsigned',
  'build.wrong-key': 'app.wrong-key',
}

/**
 * Waits for work on a build. What a build fails with is for whoever changes the app, so `tell` gets all of it.
 * @throws {AppError}
 */
export async function buildWork<Result>(work: Promise<Result>, tell: (text: string) => void): Promise<Result> {
  try {
    return await work
  } catch (cause) {
    if (!(cause instanceof BuildError)) throw cause
    tell(`${cause.message}\n`)
    throw new AppError(codes[cause.code], {}, { cause })
  }
}
