import { type MessageView, type TypedClient } from '@sotto/client'

/** Where a message goes once more. */
interface Forwarded {
  readonly message: MessageView
  readonly conversation: string
  /** The same id again sends nothing twice. */
  readonly id: string
}

/** Sends what somebody wrote and enclosed to somebody else, as a new message that says nothing of where it comes from. */
export async function forwardMessage(client: TypedClient, { conversation, id, message }: Forwarded): Promise<void> {
  const { body = '', attachments: enclosed } = message
  const attachments: number[] = []
  try {
    for (const { id: attachment, name } of enclosed) {
      const bytes = await client.command('attachments.read', { attachment })
      attachments.push((await client.command('attachments.stage', { conversation, bytes, name })).id)
    }
    const voice = enclosed.some(({ kind }) => kind === 'voice')
    await client.command('messages.send', { id, conversation, body, attachments, voice })
  } catch (error) {
    // Otherwise they would wait there to be sent by hand.
    for (const attachment of attachments) {
      await client.command('attachments.unstage', { attachment }).catch(() => undefined)
    }
    throw error
  }
}
