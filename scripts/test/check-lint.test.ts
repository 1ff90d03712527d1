import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { lint } from '../check/lint.ts'
import { projectRoot } from '../root.ts'

/** A folder of one module, removed after the test. */
function folderWith(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'sotto-lint-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(join(folder, 'tsconfig.json'), '{ "compilerOptions": { "strict": true }, "include": ["."] }')
  writeFileSync(join(folder, 'a.ts'), text)
  return folder
}

const bad: readonly (readonly [string, string])[] = [
  ['no-floating-promises', 'export async function a(): Promise<void> {}\nexport function b(): void {\n  a()\n}\n'],
  ['only-throw-error', `export function a(): never {\n  throw 'a word'\n}\n`],
  ['only-throw-error', 'export function a(code: number): never {\n  throw { code }\n}\n'],
  ['no-explicit-any', 'export function a(b: any): void {\n  b.c()\n}\n'],
  ['no-non-null-assertion', 'export function a(b: string | undefined): string {\n  return b!\n}\n'],
  ['no-default-export', 'export default 1\n'],
  ['no-mutable-exports', 'export let a = 1\n'],
  ['no-unused-vars', 'const a = 1\nexport const b = 2\n'],
  ['consistent-type-imports', `import { Stats } from 'node:fs'\nexport type A = Stats\n`],
]

test.for(bad)('%s is found in an example', async ([rule, text]) => {
  const { status, output } = await lint(projectRoot, folderWith(text))
  expect(output).toContain(`(${rule})`)
  expect(status).not.toBe(0)
})

test('a good example passes', async () => {
  const { status, output } = await lint(projectRoot, folderWith('/** Two. */\nexport const two = 2\n'))
  expect([status, output]).toEqual([0, expect.stringContaining('on 1 file')])
})
