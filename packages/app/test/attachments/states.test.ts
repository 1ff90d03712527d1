import { expect, test } from 'vitest'
import { type AttachmentState } from '@sotto/client'
import { attachmentWords } from '../../src/attachments/attachment-words.ts'
import { mayBeHere, offerOf } from '../../src/attachments/offer.ts'
import { splitAttachments } from '../../src/attachments/split-attachments.ts'
import { loadCatalogue } from '../../src/texts/catalogue.ts'
import { createTexts } from '../../src/texts/texts.ts'
import { aView } from './a-view.ts'

test.for([
  ['here', false, undefined, undefined],
  ['staged', true, undefined, undefined],
  ['waiting', false, 'waiting', 'ask'],
  ['queued', false, 'queued', 'cancel'],
  ['queued', true, 'to-send', 'cancel'],
  ['uploading', true, 'uploading', 'cancel'],
  ['downloading', false, 'downloading', 'cancel'],
  ['failed', false, 'failed', 'retry'],
  ['failed', true, 'not-sent', 'retry'],
  ['gone', false, 'gone', 'download'],
  ['evicted', false, 'evicted', 'download'],
  ['stopped', false, 'waiting', 'download'],
] as const)('%s, own: %s', ([state, outgoing, words, act]) => {
  const offer = offerOf(state, outgoing)
  expect(offer?.words).toBe(words)
  expect(offer?.canCancel === true ? 'cancel' : offer?.act).toBe(act)
})

test('only own files on their way out can be seen before they are there', () => {
  const states: readonly AttachmentState[] = [
    'waiting',
    'queued',
    'downloading',
    'failed',
    'gone',
    'evicted',
    'stopped',
  ]
  expect(states.filter(state => mayBeHere(state, false))).toEqual([])
  expect(states.filter(state => mayBeHere(state, true))).toEqual(['queued', 'failed'])
  expect(mayBeHere('here', false)).toBe(true)
})

test('every state has its words in every language', async () => {
  const texts = createTexts(await loadCatalogue('en'), 'en')
  const states = ['waiting', 'queued', 'uploading', 'downloading', 'failed', 'gone', 'evicted', 'stopped'] as const
  for (const state of states) {
    for (const outgoing of [true, false])
      expect(texts.has(`attachments.state.${offerOf(state, outgoing)?.words}`)).toBe(true)
  }
})

test('pictures and videos stand beside each other, the rest below each other', () => {
  const all = [aView({ id: 1 }), aView({ id: 2, kind: 'file' }), aView({ id: 3, kind: 'video' })]
  const { media, others } = splitAttachments(all)
  expect([media.map(({ id }) => id), others.map(({ id }) => id)]).toEqual([[1, 3], [2]])
})

test.for([
  [[], ''],
  [['image'], 'Photo'],
  [['voice'], 'Voice message'],
  [['image', 'image'], '2 photos'],
  [['video', 'video', 'video'], '3 videos'],
  [['image', 'video'], '2 files'],
] as const)('%o is called %s', async ([kinds, words]) => {
  const text = createTexts(await loadCatalogue('en'), 'en')
  expect(attachmentWords(text, kinds)).toBe(words)
})
