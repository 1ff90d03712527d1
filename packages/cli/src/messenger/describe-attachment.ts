import { type AttachmentState, type AttachmentView } from '@sotto/client'

const words: Readonly<Record<AttachmentView['kind'], string>> = {
  image: 'picture',
  video: 'video',
  audio: 'audio',
  voice: 'voice message',
  file: 'file',
}

const states: Readonly<Record<AttachmentState, string>> = {
  staged: 'not sent',
  staging: 'not sent',
  waiting: 'not downloaded',
  queued: 'waits',
  uploading: 'being sent',
  downloading: 'being downloaded',
  here: '',
  failed: 'failed',
  gone: 'no longer on the server',
  evicted: 'removed to save room',
  stopped: 'not downloaded',
}

/** A file of a message on one line: `[picture holiday.jpg, 1.2 MB]`. The name is clean, as the client gives it. */
export function describeAttachment({ kind, name, sizeBytes, state }: AttachmentView): string {
  const size = sizeBytes === undefined ? '' : `, ${sizeText(sizeBytes)}`
  const where = states[state] === '' ? '' : `, ${states[state]}`
  return `[${words[kind]} ${name}${size}${where}]`
}

/** What scripts are told of it. */
export function plainAttachment(view: AttachmentView): Readonly<Record<string, unknown>> {
  const { contentType, failure, height, id, kind, name, sizeBytes, state, width } = view
  return { id, kind, contentType, name, sizeBytes, width, height, state, failure }
}

/** As file managers have it, with decimal units. */
function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}
