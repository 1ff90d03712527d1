import { UsageError } from '../usage-error.ts'

/**
 * The folder of a network.
 * @throws {UsageError} if it is not given
 */
export function requireFolder(folder: string | undefined): string {
  if (folder === undefined || folder === '') throw new UsageError('--dir is missing.')
  return folder
}
