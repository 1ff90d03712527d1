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
    const { stageFile } = await import('../attach/stage-file.ts')
    for (const { id: attachment, name, sizeBytes = 0 } of enclosed) {
      const read = async (offset: number, length: number): Promise<Uint8Array> =>
        client.command('attachments.read', { attachment, offset, length })
      attachments.push((await stageFile(client, { conversation, name, sizeBytes, read })).id)
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
