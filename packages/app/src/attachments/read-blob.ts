import { type AttachmentView, type TypedClient } from '@sotto/client'

/** The browser may put each piece on its disk: a large file is never in memory as a whole. */
const PIECE_BYTES = 4_194_304

/** The bytes of a file that is here, piece by piece. */
export async function* readPieces(
  client: TypedClient,
  { id, sizeBytes = 0 }: Pick<AttachmentView, 'id' | 'sizeBytes'>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for (let offset = 0; offset < sizeBytes; offset += PIECE_BYTES) {
    yield new Uint8Array(await client.command('attachments.read', { attachment: id, offset, length: PIECE_BYTES }))
  }
}

/** The same as one, under the type that it was found to have: one of a closed list. */
export async function readBlob(
  client: TypedClient,
  attachment: Pick<AttachmentView, 'contentType' | 'id' | 'sizeBytes'>,
): Promise<Blob> {
  const pieces: Blob[] = []
  for await (const bytes of readPieces(client, attachment)) pieces.push(new Blob([bytes]))
  return new Blob(pieces, { type: attachment.contentType })
}
