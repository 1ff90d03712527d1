import { SottoError } from '@sotto/protocol/error'

/** Codes of `LinkError`; stable. */
export type LinkErrorCode =
  | 'link.bad-frame'
  | 'link.unknown-node'
  | 'link.not-opened'
  | 'link.unreachable'
  | 'link.refused'
  | 'link.bad-answer'

const sentences: Readonly<Record<LinkErrorCode, string>> = {
  'link.bad-frame': 'A message between two nodes is not what it should be.',
  'link.unknown-node': 'A message came from a node that is not in the list of nodes.',
  'link.not-opened': 'A message between two nodes was not sealed by who it says, or was changed on its way.',
  'link.unreachable': 'The other node cannot be reached, or did not answer in time.',
  'link.refused': 'The other node does not want to answer now.',
  'link.bad-answer': 'The other node gave an answer that makes no sense.',
}

/** What goes wrong between two nodes. */
export class LinkError extends SottoError<LinkErrorCode> {
  override readonly name = 'LinkError'

  override get sentence(): string {
    return sentences[this.code]
  }
}
