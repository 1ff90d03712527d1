import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { installedTool, runTool, type ToolResult } from '../run-tool.ts'
import { toolVerdict, type ToolVerdict } from './tool-verdict.ts'

/** What the type-aware half must find; without types it cannot know that the call gives a promise. */
const canary = `export async function wait(): Promise<void> {
  await Promise.resolve()
}
export function forget(): void {
  wait()
}
`

/**
 * Lints the tree. `expected` is how many modules there are to lint: with its type-aware half missing, or with a
 * pattern that ignores too much, the linter stops early and content, which would pass for a clean tree.
 */
export async function checkLint(root: string, expected: number): Promise<ToolVerdict> {
  const seen = await canaryIsFound(root)
  const { status, output } = await lint(root, '.')
  const looked = Number(/Finished in \S+ on (\d+) files?/.exec(output)?.[1] ?? 0)
  const verdict = toolVerdict(status, output, looked, 'modules')
  if (!seen) return { ...verdict, passed: false, output: `${output}\nthe type-aware half finds no floating promise\n` }
  if (looked >= expected) return verdict
  return { ...verdict, passed: false, output: `${output}\nlinted ${looked} of ${expected} modules\n` }
}

/** Lints one folder, anywhere, with the project's rules. The type-aware half is found from the project's root. */
export async function lint(root: string, folder: string): Promise<ToolResult> {
  const args = ['--type-aware', '--deny-warnings', '--disable-nested-config', '--threads=2', folder]
  return runTool(installedTool(root, 'oxlint/bin/oxlint', args))
}

async function canaryIsFound(root: string): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'sotto-lint-'))
  try {
    await writeFile(join(folder, 'tsconfig.json'), '{ "compilerOptions": { "strict": true }, "include": ["."] }')
    await writeFile(join(folder, 'canary.ts'), canary)
    const { status, output } = await lint(root, folder)
    return status !== 0 && output.includes('no-floating-promises')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
