import { SottoError } from '@sotto/protocol/error'

/** Codes of `ClientError`; stable. */
export type ClientErrorCode =
  | 'client.unknown-command'
  | 'client.unknown-query'
  | 'client.bad-arguments'
  | 'client.stopped'
  | 'client.cancelled'
  | 'client.no-account'
  | 'client.account-exists'
  | 'client.bad-conversation'
  | 'client.unknown-conversation'
  | 'client.unknown-contact'
  | 'client.unknown-message'
  | 'client.not-a-request'
  | 'client.own-account'
  | 'client.blocked'
  | 'client.text-empty'
  | 'client.text-too-long'
  | 'client.not-resendable'
  | 'client.not-supported'
  | 'client.not-pinnable'
  | 'client.too-many-pins'

const sentences: Readonly<Record<ClientErrorCode, string>> = {
  'client.unknown-command': 'There is no such command.',
  'client.unknown-query': 'There is no such question.',
  'client.bad-arguments': 'Something in the request is missing or not what it should be.',
  'client.stopped': 'The account is locked or being closed.',
  'client.cancelled': 'It was cancelled.',
  'client.no-account': 'There is no account in this database yet.',
  'client.account-exists': 'There is an account in this database already.',
  'client.bad-conversation': 'This is not the id of a conversation.',
  'client.unknown-conversation': 'There is no such conversation.',
  'client.unknown-contact': 'This account is not among your contacts.',
  'client.unknown-message': 'There is no such message any more.',
  'client.not-a-request': 'This is not a message request.',
  'client.own-account': 'That cannot be done with your own account.',
  'client.blocked': 'You have blocked this contact. Unblock it to send messages.',
  'client.text-empty': 'A message needs a text.',
  'client.text-too-long': 'The text is longer than messages may be.',
  'client.not-resendable': 'Only messages that were not sent can be sent again.',
  'client.not-supported': 'This kind of conversation is not supported yet.',
  'client.not-pinnable': 'Only messages that are still here can be pinned.',
  'client.too-many-pins': 'No more messages can be pinned in this conversation. Unpin one first.',
}

/** What a caller of the client did wrong, or came too late for. */
export class ClientError extends SottoError<ClientErrorCode> {
  override readonly name = 'ClientError'

  override get sentence(): string {
    return sentences[this.code]
  }
}
