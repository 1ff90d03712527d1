import { expect, test } from 'vitest'
import { hasFiles, pastedFiles } from '../../src/attach/transferred-files.ts'

const picture = new File(['x'], 'image.png', { type: 'image/png' })
const clipboard = (text: string, files: readonly File[]) => ({ types: [], files, getData: () => text })

test('a picture from the clipboard is attached', () => {
  expect(pastedFiles(clipboard('', [picture]))).toEqual([picture])
})

test('a text with a picture of it is a text', () => {
  expect(pastedFiles(clipboard('A table\t1', [picture]))).toEqual([])
})

test('the name of a file beside it is no text', () => {
  expect(pastedFiles(clipboard('image.png', [picture]))).toEqual([picture])
})

test('only what has files can be dropped', () => {
  expect(hasFiles({ types: ['text/plain', 'Files'] })).toBe(true)
  expect(hasFiles({ types: ['text/plain', 'text/uri-list'] })).toBe(false)
})
