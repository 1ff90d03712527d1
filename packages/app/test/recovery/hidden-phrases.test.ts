import { expect, test } from 'vitest'
import { parseHiddenPhrases } from '../../src/recovery/hidden-phrases.ts'

test('reads what was kept', () => {
  expect(parseHiddenPhrases('["a","b"]')).toEqual(['a', 'b'])
})

test.for([null, '', '{', 'null', '1', '{}'])('nothing is hidden by %j', json => {
  expect(parseHiddenPhrases(json)).toEqual([])
})

test('takes names only, and not without end', () => {
  expect(parseHiddenPhrases('["a",1,null,["b"]]')).toEqual(['a'])
  expect(parseHiddenPhrases(JSON.stringify(Array.from({ length: 1000 }, String)))).toHaveLength(64)
})
