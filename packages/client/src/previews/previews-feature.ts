import { decodeContent, MessageError } from '@sotto/protocol/message'
import { query, type QueryTable } from '../engine/calls.ts'
import { type Feature } from '../engine/feature.ts'
import { findMessage } from '../messages/rows.ts'
import { readSetting } from '../settings/settings.ts'
import { type Reader } from '../store/store.ts'

/** What the sender says of a link in their text. Nobody has checked it, and nothing is fetched for it. */
export interface PreviewView {
  readonly message: number
  /** `https`, and the text holds it. */
  readonly url: string
  readonly title: string | undefined
  /** There is a picture, which cannot be shown yet. */
  readonly hasImage: boolean
}

/** What is asked about previews. */
export interface PreviewsQueries {
  /** Those of up to 200 messages, if the user wants to see any. */
  'previews.list'(args: { messages: readonly number[] }): readonly PreviewView[]
}

const MAX_PAGE = 200
const MAX_TITLE_UNITS = 300
const MAX_URL_UNITS = 2048

const queries: QueryTable<PreviewsQueries> = {
  'previews.list': query(
    args => args.list('messages', MAX_PAGE, element => element.integer('value')),
    (messages, reader) =>
      readSetting(reader, 'linkPreviews') ? messages.flatMap(message => previewOf(reader, message)) : [],
  ),
}

/** Link previews that others have sent. None is sent: that would need something to be fetched. Spec 10 §5.2. */
export const previewsFeature: Feature = { name: 'previews', queries }

function previewOf(reader: Reader, message: number): readonly PreviewView[] {
  const bytes = findMessage(reader, message)?.content
  const content = bytes && tryDecode(bytes)
  if (content?.kind !== 'message' || content.preview === undefined) return []
  const { image, title, url } = content.preview
  if (url.length > MAX_URL_UNITS) return []
  return [{ message, url, title: oneLine(title), hasImage: image !== undefined }]
}

/** Without what could break out of its line or turn the text around it. */
function oneLine(title: string | undefined): string | undefined {
  const text = title
    ?.slice(0, MAX_TITLE_UNITS)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
    .toWellFormed()
  return text === '' ? undefined : text
}

function tryDecode(bytes: Uint8Array) {
  try {
    return decodeContent(bytes)
  } catch (error) {
    if (error instanceof MessageError) return undefined
    throw error
  }
}
