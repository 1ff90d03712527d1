import { SottoError } from '@sotto/protocol/error'

/** Codes of `SeedError`; stable. */
export type SeedErrorCode =
  | 'seed.bad-settings'
  | 'seed.unreachable'
  | 'seed.timeout'
  | 'seed.wrong-certificate'
  | 'seed.bad-reply'
  | 'seed.too-large'
  | 'seed.too-few-answers'
  | 'seed.disagreement'

const sentences: Readonly<Record<SeedErrorCode, string>> = {
  'seed.bad-settings':
    'The settings of the seeds are wrong: each needs an https address and the pin of its certificate.',
  'seed.unreachable': 'A seed cannot be reached.',
  'seed.timeout': 'A seed did not answer in time.',
  'seed.wrong-certificate': 'A seed shows another certificate than the one that is known.',
  'seed.bad-reply': 'A seed gave an answer that cannot be read.',
  'seed.too-large': 'A seed gave a longer answer than is taken.',
  'seed.too-few-answers': 'Too few seeds have answered.',
  'seed.disagreement': 'The seeds do not agree on enough nodes.',
}

/** What goes wrong when a list of nodes is fetched from seeds. */
export class SeedError extends SottoError<SeedErrorCode> {
  override readonly name = 'SeedError'

  override get sentence(): string {
    return sentences[this.code]
  }
}
