import { expect, test } from 'vitest'
import { IntlMessageFormat } from 'intl-messageformat'
import { loadCatalogue } from '../../src/texts/catalogue.ts'
import { isLanguage, languages, preferredLanguage } from '../../src/texts/languages.ts'
import { createTexts } from '../../src/texts/texts.ts'

const codes = Object.keys(languages).filter(isLanguage)

/** The names in a message and its tags, each once: what it is filled with. */
function namesIn(message: string): readonly string[] {
  const names = new Set<string>()
  const visit = (elements: readonly unknown[]): void => {
    for (const element of elements) {
      if (typeof element !== 'object' || element === null) continue
      if ('type' in element && 'value' in element && element.type !== 0 && typeof element.value === 'string')
        names.add(element.value)
      if ('children' in element && Array.isArray(element.children)) visit(element.children)
      if ('options' in element && typeof element.options === 'object' && element.options !== null) {
        for (const option of Object.values(element.options)) visit((option as { value: readonly unknown[] }).value)
      }
    }
  }
  visit(new IntlMessageFormat(message, 'en').getAst())
  return [...names].toSorted()
}

test.for(codes)('every text exists in %s, can be read and is filled with the same', async code => {
  const [english, catalogue] = [await loadCatalogue('en'), await loadCatalogue(code)]
  expect(Object.keys(catalogue).toSorted()).toEqual(Object.keys(english).toSorted())
  for (const [key, message] of Object.entries(catalogue)) {
    expect(message.trim(), key).not.toBe('')
    expect(namesIn(message), key).toEqual(namesIn(english[key as keyof typeof english]))
  }
})

test.for(codes.filter(code => code !== 'en'))('%s is a language of its own', async code => {
  const [english, catalogue] = [await loadCatalogue('en'), await loadCatalogue(code)]
  const keys = Object.keys(english) as (keyof typeof english)[]
  const same = keys.filter(
    key => english[key] === catalogue[key] && /\p{L}{4}/u.test(english[key].replaceAll(/\{.*\}/g, '')),
  )
  expect(same.length / keys.length).toBeLessThan(0.05)
})

test('plurals follow the language', async () => {
  const english = createTexts(await loadCatalogue('en'), 'en')
  expect(english('conversations.requests', { count: 1 })).toBe('1 message request')
  expect(english('conversations.requests', { count: 2 })).toBe('2 message requests')
})

test('the first language that the app has is taken', () => {
  expect(preferredLanguage(['pt-BR', 'ja-JP', 'de'])).toBe('ja')
  expect(preferredLanguage(['pt-BR'])).toBe('en')
  expect(preferredLanguage([])).toBe('en')
})
