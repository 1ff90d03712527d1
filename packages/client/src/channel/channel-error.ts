import { SottoError } from '@sotto/protocol/error'

/** Codes of `ChannelError`; stable. */
export type ChannelErrorCode =
  | 'channel.closed'
  | 'channel.timed-out'
  | 'channel.bad-frame'
  | 'channel.bad-value'
  | 'channel.too-large'
  | 'channel.other-version'
  | 'channel.busy'
  | 'channel.unreachable'

const sentences: Readonly<Record<ChannelErrorCode, string>> = {
  'channel.closed': 'The program that has this account open went away.',
  'channel.timed-out': 'The program that has this account open does not answer.',
  'channel.bad-frame': 'The program that has this account open says something that makes no sense.',
  'channel.bad-value': 'This cannot be handed to another program.',
  'channel.too-large': 'This is too large to be handed to another program.',
  'channel.other-version': 'The program that has this account open is of another version: start it again.',
  'channel.busy': 'Too much is asked of the program that has this account open at once.',
  'channel.unreachable': 'The program that has this account open cannot be reached.',
}

/** What goes wrong between a messenger core and whoever asks it from elsewhere. */
export class ChannelError extends SottoError<ChannelErrorCode> {
  override readonly name = 'ChannelError'

  override get sentence(): string {
    return sentences[this.code]
  }
}
