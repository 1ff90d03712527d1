import { type FileId, isContentFileId, parseFileId } from '@sotto/protocol/attachment'

/** Ids that a server gives: a number below 2^53, or 44 characters made of the content. Spec 40 §8.2. */
const numeric = /^(?:0|[1-9][0-9]{0,15})$/
const content = /^[A-Za-z0-9_-]{44}$/

/** The id that a text is, if it is one that this server gives. Nothing else ever becomes the name of a file. */
export function readFileId(text: string): FileId | undefined {
  if (content.test(text)) return parseFileId(text)
  return numeric.test(text) && Number.isSafeInteger(Number(text)) ? parseFileId(text) : undefined
}

/** The number that an id is. */
export function fileNumber(id: FileId): number | undefined {
  return isContentFileId(id) ? undefined : Number(id)
}
