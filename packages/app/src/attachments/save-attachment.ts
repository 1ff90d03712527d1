import { type AttachmentView, type TypedClient } from '@sotto/client'
import { readBlob, readPieces } from './read-blob.ts'
import { saveFile } from './save-file.ts'
import { MIN_IN_PLACE_BYTES, saveInPlace, savePicker } from './save-in-place.ts'

/** What is said meanwhile. */
interface Said {
  readonly begun: () => void
  /** Not where the browser says it by itself. */
  readonly done: () => void
}

/** Saves a file of a message outside of the app: how depends on its length and on the browser. Whether the user wanted it in the end. */
export async function saveAttachment(client: TypedClient, attachment: AttachmentView, said: Said): Promise<boolean> {
  const { name, sizeBytes = 0 } = attachment
  const pick = sizeBytes < MIN_IN_PLACE_BYTES ? undefined : savePicker()
  if (pick !== undefined) {
    const read = (): AsyncIterable<Uint8Array<ArrayBuffer>> => readPieces(client, attachment)
    const outcome = await saveInPlace(pick, { name, read, onChosen: said.begun })
    if (outcome === 'saved') said.done()
    if (outcome !== 'refused') return outcome === 'saved'
  }
  said.begun()
  saveFile(await readBlob(client, attachment), name)
  return true
}
