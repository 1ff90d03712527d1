import { SottoError } from '@sotto/protocol/error'

/** Why a build of the app is not served. */
export type AssetsErrorCode = 'assets.no-build' | 'assets.malformed' | 'assets.damaged'

const sentences: Readonly<Record<AssetsErrorCode, string>> = {
  'assets.no-build': 'There is no build of the app in this folder.',
  'assets.malformed': 'The list of the files of the app cannot be read.',
  'assets.damaged': 'A file of the app is not as the list of its build says.',
}

/** A folder that holds no whole build. `detail.file` is which one of the list is damaged, counted from 0. */
export class AssetsError extends SottoError<AssetsErrorCode> {
  override readonly name = 'AssetsError'

  override get sentence(): string {
    return sentences[this.code]
  }
}
