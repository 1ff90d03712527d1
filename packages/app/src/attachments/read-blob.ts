import { type AttachmentView, type TypedClient } from '@sotto/client'

/** The browser may put each piece on its disk: a large file is never in memory as a whole. */
const PIECE_BYTES = 4_194_304

/** The bytes of a file that is here, under the type that it was found to have: one of a closed list. */
export async function readBlob(
  client: TypedClient,
  { contentType, id, sizeBytes = 0 }: Pick<AttachmentView, 'contentType' | 'id' | 'sizeBytes'>,
): Promise<Blob> {
  const pieces: Blob[] = []
  for (let offset = 0; offset < sizeBytes; offset += PIECE_BYTES) {
    const bytes = await client.command('attachments.read', { attachment: id, offset, length: PIECE_BYTES })
    pieces.push(new Blob([new Uint8Array(bytes)]))
  }
  return new Blob(pieces, { type: contentType })
}
