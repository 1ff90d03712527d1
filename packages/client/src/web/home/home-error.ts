import { SottoError } from '@sotto/protocol/error'

/** Codes of `HomeError`; stable. */
export type HomeErrorCode =
  | 'home.leader-changed'
  | 'home.no-key'
  | 'home.bad-key'
  | 'home.no-directory'
  | 'home.directory-too-large'

const sentences: Readonly<Record<HomeErrorCode, string>> = {
  'home.leader-changed': 'Another tab took over in the middle of this: look at the accounts before you try again.',
  'home.no-key': 'It is not known who signs the list of nodes, so none is believed.',
  'home.bad-key': 'The gateway on this machine says something that is no key.',
  'home.no-directory': 'The list of nodes could not be fetched from the gateway.',
  'home.directory-too-large': 'The list of nodes is larger than any that makes sense.',
}

/** What goes wrong where accounts live in a browser, besides the accounts themselves. */
export class HomeError extends SottoError<HomeErrorCode> {
  override readonly name = 'HomeError'

  override get sentence(): string {
    return sentences[this.code]
  }
}
