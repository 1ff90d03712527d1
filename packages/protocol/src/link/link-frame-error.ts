import { SottoError } from '../error/index.ts'

/** Codes of `LinkFrameError`; stable. See docs/protocol/node-link.md. */
export type LinkFrameErrorCode =
  | 'link-frame.bad-type'
  | 'link-frame.too-long'
  | 'link-frame.bad-length'
  | 'link-frame.bad-id'
  | 'link-frame.bad-status'
  | 'link-frame.unexpected'

const sentences: Readonly<Record<LinkFrameErrorCode, string>> = {
  'link-frame.bad-type': 'What came over a link between nodes is of a kind that this version does not know.',
  'link-frame.too-long': 'What came over a link between nodes is longer than anything may be there.',
  'link-frame.bad-length': 'What came over a link between nodes does not have the length of its kind.',
  'link-frame.bad-id': 'What came over a link between nodes names no request.',
  'link-frame.bad-status': 'An answer over a link between nodes has a status that does not exist.',
  'link-frame.unexpected': 'Something came over a link between nodes that cannot come then.',
}

/** A link whose other side does not keep to the format: there is no way to go on. See docs/protocol/node-link.md. */
export class LinkFrameError extends SottoError<LinkFrameErrorCode> {
  override readonly name = 'LinkFrameError'

  override get sentence(): string {
    return sentences[this.code]
  }
}
