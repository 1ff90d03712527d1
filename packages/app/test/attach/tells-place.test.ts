import { type AttachmentKind } from '@sotto/client'
import { expect, test } from 'vitest'
import { tellsPlace } from '../../src/attach/tells-place.ts'

const staged = (kind: AttachmentKind, contentType: string) => ({ kind, contentType, isStripped: false })

test.for<readonly [what: string, kind: AttachmentKind, contentType: string, type: string]>([
  ['a film', 'video', 'video/mp4', 'video/mp4'],
  ['a sound', 'audio', 'audio/mpeg', 'audio/mpeg'],
  ['a picture that is not known', 'file', 'application/octet-stream', 'image/tiff'],
  ['a sound that is not known', 'file', 'application/octet-stream', 'audio/x-ms-wma'],
  ['a PDF, whatever it is called', 'file', 'application/pdf', ''],
])('%s may say where it was made, unless that was taken away', ([, kind, contentType, type]) => {
  expect(tellsPlace(staged(kind, contentType), { type })).toBe(true)
  expect(tellsPlace({ ...staged(kind, contentType), isStripped: true }, { type })).toBe(false)
})

test('nothing is said of other files', () => {
  expect(tellsPlace(staged('file', 'application/octet-stream'), { type: 'text/plain' })).toBe(false)
  expect(tellsPlace(staged('file', 'application/zip'), { type: 'application/zip' })).toBe(false)
})
