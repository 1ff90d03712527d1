import { SottoError } from '@sotto/protocol/error'

/** What can be wrong with how a home is opened. */
export type HomeErrorCode = 'home.seeds-past-proxy'

const sentences: Readonly<Record<HomeErrorCode, string>> = {
  'home.seeds-past-proxy':
    'The seeds of the public network would be asked past the proxy. Give a signed list of nodes instead.',
}

/** Codes: see `HomeErrorCode`. */
export class HomeError extends SottoError<HomeErrorCode> {
  override readonly name = 'HomeError'

  override get sentence(): string {
    return sentences[this.code]
  }
}
