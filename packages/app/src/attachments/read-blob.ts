import { type AttachmentView, type TypedClient } from '@sotto/client'

/** The bytes of a file that is here, under the type that it was found to have: one of a closed list. */
export async function readBlob(
  client: TypedClient,
  { contentType, id }: Pick<AttachmentView, 'contentType' | 'id'>,
): Promise<Blob> {
  const bytes = await client.command('attachments.read', { attachment: id })
  return new Blob([new Uint8Array(bytes)], { type: contentType })
}
