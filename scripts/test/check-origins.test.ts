import { expect, test } from 'vitest'
import { checkOrigins } from '../check/origins.ts'
import { example, found } from './check-trees.ts'

const index = 'packages/protocol/src/seal/index.ts'
const path = 'packages/protocol/src/seal/open.ts'

/** What the check says of one name with this comment. */
function judge(comment: string): readonly string[] {
  const files = { [index]: `export { open } from './open.ts'`, [path]: `${comment}\nexport const open = 1\n` }
  return found(checkOrigins(example({ ...files, 'docs/protocol/pipe.md': '# Pipe' })))
}

test('a section, a page of ours or a reason is an origin', () => {
  for (const words of [
    'Opens. Spec 10 §2.2.',
    'Opens, as in spec 20 §3.17 and spec 70 §6.1.',
    'Opens.\n * Spec\n * 10 §6.3.1.',
    'See docs/protocol/pipe.md.',
    'No spec: the codes are ours.',
  ]) {
    expect(judge(`/** ${words} */`), words).toEqual([])
  }
})

test('what names nothing, or what is not there, is found', () => {
  const nothing = `${path}:2 open: names no section: write Spec NN §N, a page under docs/, or No spec: and why`
  for (const words of ['Opens.', 'Spec 10.', '§2.2', 'Spec 10, trap 3.', 'No spec.', 'No spec: ours.']) {
    expect(judge(`/** ${words} */`), words).toEqual([nothing])
  }
  expect(judge('// Spec 10 §2.2.')).toEqual([nothing])
  expect(judge('/** Spec 10 §2.2. */\n')).toEqual([])
  expect(judge('/** Spec 10 §2.2. */\nconst other = 1')).toEqual([nothing.replace(':2', ':3')])
  expect(judge('/** Spec 10 §99. */')).toEqual([`${path}:2 open: there is no Spec 10 §99`])
  expect(judge('/** Spec 11 §1. */')).toEqual([`${path}:2 open: there is no Spec 11 §1`])
  expect(judge('/** Spec 10 §2.2, docs/gone.md. */')).toEqual([`${path}:2 open: there is no docs/gone.md`])
})

test('names are followed through other modules and new names, and only public ones count', () => {
  const files = {
    [index]: `
      export { open as unseal, type Opened } from './v2/index.ts'
      /** Spec 10 §2.2. */
      export function seal(): void {}`,
    'packages/protocol/src/seal/v2/index.ts': `
      export { open } from './open.ts'
      export type { Opened } from './gone.ts'`,
    'packages/protocol/src/seal/v2/open.ts': `
      function own(): void {}
      /** Hidden. */
      export const hidden = 1
      export { own as open }`,
    'packages/client/src/index.ts': 'export const other = 1',
  }
  const verdict = checkOrigins(example(files))
  expect(found(verdict)).toEqual([
    'packages/protocol/src/seal/v2/open.ts:2 unseal: names no section: write Spec NN §N, a page under docs/, or No spec: and why',
    `${index}:0 Opened: not found where it should come from`,
  ])
  expect(verdict.looked).toBe(3)
})
