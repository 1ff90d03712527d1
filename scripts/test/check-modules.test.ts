import { expect, test } from 'vitest'
import { checkComments } from '../check/comments.ts'
import { checkCycles } from '../check/cycles.ts'
import { checkGlobals, forbiddenGlobals, isomorphic, testedInBrowser } from '../check/globals.ts'
import { checkMarks } from '../check/marks.ts'
import { checkPaths } from '../check/paths.ts'
import { checkSentences } from '../check/sentences.ts'
import { checkShape } from '../check/shape.ts'
import { lintedModules } from '../check/tree.ts'
import { typeProjects, uncheckedModules } from '../check/types.ts'
import { example, found, manifests } from './check-trees.ts'

test('a tree without rings passes', () => {
  const tree = example({ 'a/one.ts': `import './two.ts'`, 'a/two.ts': `import './three.ts'`, 'a/three.ts': '' })
  expect(found(checkCycles(tree))).toEqual([])
})

test('rings are found: of types, over package names, and of one', () => {
  const tree = example({
    ...manifests,
    'packages/protocol/src/encoding/index.ts': `import type { A } from './hex.ts'`,
    'packages/protocol/src/encoding/hex.ts': `export type { A } from '@sotto/protocol/encoding'`,
    'scripts/self.ts': `import './self.ts'`,
  })
  const [index, hex] = ['packages/protocol/src/encoding/index.ts', 'packages/protocol/src/encoding/hex.ts']
  expect(found(checkCycles(tree))).toEqual([
    `${hex}:1 a ring: ${index} → ${hex} → ${index}`,
    'scripts/self.ts:1 a ring: scripts/self.ts → scripts/self.ts',
  ])
})

test('words that are no globals pass', () => {
  const tree = example({
    'packages/protocol/src/a.ts': `
      import { crypto } from './b.ts'
      interface Options { readonly process: number; window(): void }
      export function run({ location, ...rest }: Options, fetch = 1): Date {
        const point = { document: location, self: rest.process, performance: fetch }
        return new Date(crypto.now + point.document + point.window.fetch)
      }`,
    'packages/protocol/src/crypto/backend/node.ts': `import 'node:crypto'; process.exit(Buffer.length)`,
    'packages/server/src/index.ts': `setTimeout(() => console.log(Date.now()), 1)`,
    'packages/server/test/a.test.ts': `import 'node:fs'`,
  })
  expect(found(checkGlobals(tree))).toEqual([])
})

test('platform, time and chance are found in packages that must not know them', () => {
  const texts = [
    ['process.env', 'names process'],
    ['export const a = (b: Buffer): void => {}', 'names Buffer'],
    ['const { setTimeout: later } = globalThis', 'names globalThis'],
    ['setTimeout(() => {}, 1)', 'names setTimeout'],
    ['Date.now()', 'names Date.now'],
    ['new Date()', 'names new Date()'],
    ['Math.random()', 'names Math.random'],
    ['export const a = { fetch }', 'names fetch'],
    ['crypto.getRandomValues(new Uint8Array(1))', 'names crypto'],
    ['import.meta.url', 'names import.meta'],
    [`import { readFileSync } from 'node:fs'`, 'imports node:fs'],
  ] as const
  for (const [text, expected] of texts) {
    const path = 'packages/network/src/a.ts'
    expect(found(checkGlobals(example({ [path]: text }))), text).toEqual([`${path}:1 ${expected}`])
  }
  const path = 'packages/protocol/test/a.test.ts'
  expect(found(checkGlobals(example({ [path]: `import 'node:fs'` })))).toEqual([`${path}:1 imports node:fs`])
  expect([isomorphic.has('network'), testedInBrowser.has('network'), forbiddenGlobals.has('fetch')]).toEqual([
    true,
    false,
    true,
  ])
})

test('comments before every exported name pass', () => {
  const text = `
    /** One. */
    export const one = 1
    const hidden = 2
    /** Two, listed below. */
    function two(): void {}
    /** First of two. */
    export function over(a: string): void
    export function over(a: number): void
    export function over(): void {}
    export { two, hidden as three }
    export { four } from './four.ts'`
  const verdict = checkComments(
    example({ 'packages/a/src/a.ts': text.replace('const hidden', '/** H. */ const hidden') }),
  )
  expect([found(verdict), verdict.looked]).toEqual([[], 4])
  expect(found(checkComments(example({ 'packages/a/src/a.ts': text })))).toEqual([
    'packages/a/src/a.ts:4 hidden: no doc comment',
  ])
})

test('missing, empty and misplaced comments are found', () => {
  const text = `// Not a doc comment.
    export interface A {}
    /** Stands before something else. */
    const other = 1
    export type B = typeof other
    /** */
    export class C {}`
  expect(found(checkComments(example({ 'packages/a/src/a.ts': text, 'scripts/a.ts': text })))).toEqual([
    'packages/a/src/a.ts:2 A: no doc comment',
    'packages/a/src/a.ts:5 B: no doc comment',
    'packages/a/src/a.ts:7 C: no doc comment',
  ])
})

const goodError = `
  export type Code = 'hex.bad-digit' | 'hex.bad-length'
  const sentences: Readonly<Record<Code, string>> = {
    'hex.bad-digit': 'A character is not a hexadecimal digit.',
    'hex.bad-length': 'The number of digits ' + 'is odd.',
  }
  export class HexError extends SottoError<Code> {
    get sentence(): string { return sentences[this.code] }
  }`

test('an error with its sentences passes', () => {
  const verdict = checkSentences(example({ 'packages/a/src/error.ts': goodError }))
  expect([found(verdict), verdict.looked]).toEqual([[], 1])
})

test('errors without a table, without codes, or with words that are no sentence are found', () => {
  const path = 'packages/a/src/error.ts'
  const judge = (text: string): readonly string[] =>
    checkSentences(example({ [path]: text })).findings.map(({ text: said }) => said)
  expect(judge(goodError.replace('Record<Code', 'Record<Other'))).toEqual([
    'HexError: no table Readonly<Record<Code, string>> beside it',
  ])
  expect(judge(goodError.replace('SottoError<Code>', 'SottoError'))).toEqual([
    'HexError: says no codes: extends SottoError<Codes>',
  ])
  expect(judge(goodError.replace(`'is odd.'`, `'is odd'`))).toEqual(['hex.bad-length: its sentence is not one'])
  expect(judge(goodError.replace(`'A character is not a hexadecimal digit.'`, `''`))).toHaveLength(1)
  expect(judge(goodError.replaceAll('hex.bad-digit', 'BadDigit'))).toEqual([
    'BadDigit: a code is written area.what-is-wrong',
  ])
})

test('tests that all run pass', () => {
  const text = `test('a', () => {}); test.for([1])('b', () => {}); list.only(); const { skip } = other`
  expect(found(checkMarks(example({ 'a.test.ts': text, 'a.ts': 'test.only()' })))).toEqual([])
})

test('marked tests are found', () => {
  const marks = [
    'test.only()',
    'it.skip()',
    'describe.todo()',
    'test.skip.for([1])',
    'test.concurrent.only()',
    'test.skipIf(a)',
  ]
  const text = marks.join('\n')
  expect(found(checkMarks(example({ 'a.test.ts': text })))).toEqual([
    'a.test.ts:1 test.only',
    'a.test.ts:2 it.skip',
    'a.test.ts:3 describe.todo',
    'a.test.ts:4 test.skip',
    'a.test.ts:5 test.only',
    'a.test.ts:6 test.skipIf',
  ])
})

test('named exports and constants pass; a config file may have a default', () => {
  const good = `export const a = 1; export { b } from './b.ts'; export function c() { let d = 1; return d }`
  expect(found(checkShape(example({ 'packages/a/src/a.ts': good, 'v.config.ts': 'export default {}' })))).toEqual([])
})

test('stars, defaults, module state and what does not parse are found', () => {
  const bad = `export * from './b.ts'\nexport default 1\nlet state = 1\nexport let more = 2`
  expect(found(checkShape(example({ 'packages/a/src/a.ts': bad })))).toEqual([
    'packages/a/src/a.ts:1 export *: list the names',
    'packages/a/src/a.ts:2 export default: give it a name',
    'packages/a/src/a.ts:3 let at the top of a module: state belongs to an object that someone creates',
    'packages/a/src/a.ts:4 let at the top of a module: state belongs to an object that someone creates',
  ])
  expect(found(checkShape(example({ 'a.ts': 'const = 1' })))).toHaveLength(1)
})

test('places on one machine are found, and only they', () => {
  const [work, temporary] = ['work', 'tmp'].map(name => `/${name}/`)
  const text = `good: net${work}b https://a.org${work}x ./tmpdir\nbad ${work}main\n"${temporary}a"\n${['..', 'shared'].join('/')}/a`
  expect(found(checkPaths(example({ 'docs/a.md': text })))).toEqual([
    `docs/a.md:2 names ${work}`,
    `docs/a.md:3 names ${temporary}`,
    `docs/a.md:4 names ${['..', 'shared'].join('/')}`,
  ])
})

test('projects are the tsconfigs but the base, and every module belongs to one', () => {
  const tree = example({
    'tsconfig.base.json': '{}',
    'a/tsconfig.json': '{}',
    'a/x.ts': '',
    'b/y.ts': '',
    'b/z.mjs': '',
  })
  expect(typeProjects(tree)).toEqual(['a/tsconfig.json'])
  expect(uncheckedModules(tree, new Set(['a/x.ts']))).toEqual(['b/y.ts'])
})

test('generated modules are nobody’s, and vectors are not linted', () => {
  const tree = example({ 'a/gen/x.ts': 'let = 1', 'a/x_pb.ts': 'let = 1', 'vectors/a.ts': '', 'a/x.ts': '' })
  expect([...tree.modules.keys()]).toEqual(['vectors/a.ts', 'a/x.ts'])
  expect(lintedModules(tree)).toEqual(['a/x.ts'])
})
