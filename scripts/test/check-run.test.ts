import { expect, test } from 'vitest'
import { runChecks, type Check } from '../check/run-checks.ts'
import { toolVerdict } from '../check/tool-verdict.ts'
import { example } from './check-trees.ts'

const tree = example({ 'a.ts': '' })

test('checks are counted, and findings are printed', async () => {
  const finding = { path: 'a.ts', line: 3, text: 'is bad' }
  const checks: readonly Check[] = [
    { name: 'good', run: () => ({ findings: [], looked: 1, unit: 'files' }) },
    { name: 'tool', run: async () => toolVerdict(0, 'all well', 2, 'files') },
    { name: 'bad', run: () => ({ findings: [finding], looked: 1, unit: 'files' }) },
  ]
  const written: string[] = []
  expect(await runChecks(tree, checks, text => void written.push(text))).toEqual({ passed: 2, failed: 1, skipped: 0 })
  expect(written.join('')).toMatch(/^ok {3}good .*\nok {3}tool .*\nFAIL bad .*\na\.ts:3: is bad\n/)
})

test('a check that looks at nothing, and one that breaks, have failed', async () => {
  const checks: readonly Check[] = [
    { name: 'blind', run: () => ({ findings: [], looked: 0, unit: 'files' }) },
    { name: 'idle tool', run: async () => toolVerdict(0, '', 0, 'files') },
    {
      name: 'broken',
      run: () => {
        throw new Error('oh')
      },
    },
  ]
  const written: string[] = []
  const counts = await runChecks(tree, checks, text => void written.push(text))
  expect(counts).toEqual({ passed: 0, failed: 3, skipped: 0 })
  expect(written.join('')).toMatch(/looked at no files[^]*looked at no files[^]*Error: oh/)
})
