/** What can go wrong with a build of the app. */
export type BuildErrorCode = 'build.failed' | 'build.no-build' | 'build.damaged' | 'build.unsigned' | 'build.wrong-key'

/** A build that cannot be made or believed. `message` is for whoever builds: it names files, and no user's secrets. */
export class BuildError extends Error {
  override readonly name = 'BuildError'
  readonly code: BuildErrorCode

  constructor(code: BuildErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
