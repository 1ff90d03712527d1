import { SottoError } from '@sotto/protocol/error'

/** Codes of `ReactionError`; stable. */
export type ReactionErrorCode = 'reaction.not-an-emoji' | 'reaction.too-many' | 'reaction.not-possible'

const sentences: Readonly<Record<ReactionErrorCode, string>> = {
  'reaction.not-an-emoji': 'A reaction is one emoji.',
  'reaction.too-many': 'You have sent as many reactions as a minute allows. Wait a little.',
  'reaction.not-possible': 'One cannot react to this message.',
}

/** Reactions that cannot be sent. The detail of `reaction.too-many` says after how many ms the next one can. */
export class ReactionError extends SottoError<ReactionErrorCode> {
  override readonly name = 'ReactionError'

  override get sentence(): string {
    return sentences[this.code]
  }
}
