import { expect, test } from 'vitest'
import { checkSectionMap } from '../check/section-map.ts'
import { SECTION_PAGE, sectionPage } from '../docs/section-map.ts'
import { example, found } from './check-trees.ts'

const files = {
  'packages/protocol/src/seal/open.ts': '/** Opens. Spec 10 §2.2 and §2.1, spec 70 §6.1. */\nexport const open = 1\n',
  'packages/protocol/src/attachment/size.ts': '/** Sizes. Spec 10 §6.3.1. */\nexport const size = 1\n',
}

test('a section names the files whose comments name it', () => {
  const page = sectionPage(new Map(Object.entries(files)))
  expect(page).toContain('| §2.2 | Session protocol v1 | [seal/open.ts](../../packages/protocol/src/seal/open.ts) |')
  expect(page).toContain('| §2.1 | Message padding | [seal/open.ts]')
  expect(page).toContain('| §6.1 | Parsers of untrusted bytes | [seal/open.ts]')
})

test('a part without a title counts for the section above it', () => {
  expect(sectionPage(new Map(Object.entries(files)))).toContain('encryption | [attachment/size.ts]')
})

test('a page that says something else is stale', () => {
  const page = sectionPage(new Map(Object.entries(files)))
  expect(found(checkSectionMap(example({ ...files, [SECTION_PAGE]: page })))).toEqual([])
  expect(found(checkSectionMap(example({ ...files, [SECTION_PAGE]: `${page} ` })))).toHaveLength(1)
  expect(found(checkSectionMap(example(files)))).toHaveLength(1)
})
