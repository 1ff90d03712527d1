import { SottoError } from '../error/index.ts'

/** Codes of `PipeError`; stable. See docs/protocol/pipe.md. */
export type PipeErrorCode =
  | 'pipe.truncated'
  | 'pipe.bad-type'
  | 'pipe.bad-length'
  | 'pipe.bad-version'
  | 'pipe.bad-limits'
  | 'pipe.bad-stream'
  | 'pipe.bad-value'
  | 'pipe.too-large'
  | 'pipe.out-of-order'
  | 'pipe.wrong-direction'
  | 'pipe.too-many-streams'
  | 'pipe.over-credit'
  | 'pipe.credit-overflow'
  | 'pipe.after-end'
  | 'pipe.wrong-role'
  | 'pipe.not-open'
  | 'pipe.too-early'
  | 'pipe.buffer-full'
  | 'pipe.streams-used-up'

const sentences: Readonly<Record<PipeErrorCode, string>> = {
  'pipe.truncated': 'A message on the pipe is too short to be one.',
  'pipe.bad-type': 'A message on the pipe is of a kind that this version does not know.',
  'pipe.bad-length': 'A message on the pipe does not have the length of its kind.',
  'pipe.bad-version': 'The other side speaks no version of the pipe that this program knows.',
  'pipe.bad-limits': 'The limits of a pipe are outside what is allowed.',
  'pipe.bad-stream': 'A message on the pipe is about a stream that there is not.',
  'pipe.bad-value': 'A message on the pipe holds a number that means nothing.',
  'pipe.too-large': 'A request or reply is larger than was agreed.',
  'pipe.out-of-order': 'A message came on the pipe before or after its time.',
  'pipe.wrong-direction': 'A message came from the side of the pipe that never sends it.',
  'pipe.too-many-streams': 'More requests are under way at once than the pipe allows.',
  'pipe.over-credit': 'The other side sent more than it was given room for.',
  'pipe.credit-overflow': 'The other side gave more room than there can be.',
  'pipe.after-end': 'Data came for a stream that had ended.',
  'pipe.wrong-role': 'Only the other side of the pipe can do this.',
  'pipe.not-open': 'The pipe is not open for new requests.',
  'pipe.too-early': 'A reply can begin only when its request is complete.',
  'pipe.buffer-full': 'More of the reply is waiting to be sent than this side keeps.',
  'pipe.streams-used-up': 'This pipe has carried all the requests it can; a new one is needed.',
}

/**
 * A frame that cannot be read, a peer that breaks the rules, or a call that comes at the wrong time.
 * See docs/protocol/pipe.md.
 */
export class PipeError extends SottoError<PipeErrorCode> {
  override readonly name = 'PipeError'

  override get sentence(): string {
    return sentences[this.code]
  }
}
