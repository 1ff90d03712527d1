import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findChromium } from '../chromium/find-chromium.ts'
import { inChromium } from '../parts/chromium-part.ts'
import { honestResult, type Part } from '../parts/part.ts'
import { runParts } from '../parts/run-parts.ts'
import { countTests } from '../parts/vitest-part.ts'
import { formatDuration, parseSummary, summaryLine } from '../report.ts'

const none = { passed: 0, failed: 0, skipped: 0 }

test('a part that ran nothing, or ended badly without a failed test, has failed', () => {
  expect(honestResult(none, 0, '').counts.failed).toBe(1)
  expect(honestResult({ ...none, passed: 5 }, 1, 'said').counts).toEqual({ passed: 5, failed: 1, skipped: 0 })
  expect(honestResult({ ...none, passed: 5 }, 0, 'said')).toEqual({ counts: { ...none, passed: 5 }, output: 'said' })
  expect(honestResult({ ...none, failed: 2 }, 1, '').counts.failed).toBe(2)
})

test('tests are counted one by one, and a file that could not be loaded as a failure', () => {
  const assertions = ['passed', 'passed', 'failed', 'pending', 'todo'].map(status => ({ status }))
  const testResults = [
    { status: 'failed', assertionResults: assertions },
    { status: 'failed', assertionResults: [] },
    { status: 'passed', assertionResults: [{ status: 'passed' }] },
  ]
  expect(countTests({ testResults })).toEqual({ passed: 3, failed: 2, skipped: 2 })
  expect(countTests(undefined)).toEqual(none)
})

test('the summary line is read as it is written', () => {
  for (const counts of [none, { passed: 12, failed: 3, skipped: 0 }, { passed: 1, failed: 0, skipped: 7 }]) {
    expect(parseSummary(`before\n1 passed, 1 failed\n${summaryLine(counts)}\n`)).toEqual(counts)
  }
  expect(summaryLine({ passed: 1, failed: 0, skipped: 0 })).toBe('1 passed, 0 failed')
  expect(summaryLine({ passed: 1, failed: 0, skipped: 2 })).toBe('1 passed, 0 failed, 2 skipped')
  expect(parseSummary('nothing of the kind')).toEqual(none)
  expect([formatDuration(420), formatDuration(90_000)]).toEqual(['0.42 s', '1.50 min'])
})

test('parts are summed; output is shown where something failed or was skipped', async () => {
  const part = (name: string, counts: typeof none): Part => ({
    name,
    run: async () => ({ counts, output: `output of ${name}` }),
  })
  const breaks: Part = { name: 'breaks', run: async () => Promise.reject(new Error('oh')) }
  const parts = [part('good', { ...none, passed: 2 }), part('bad', { ...none, passed: 1, failed: 1 }), breaks]
  const written: string[] = []
  const counts = await runParts('', parts, text => void written.push(text))
  expect(counts).toEqual({ passed: 3, failed: 2, skipped: 0 })
  const all = written.join('')
  expect(all).not.toContain('output of good')
  expect(all).toContain('output of bad')
  expect(all).toContain('Error: oh')
  expect(all).toMatch(/part +minutes +passed +failed +skipped\ngood +0\.00 +2 +0 +0\nbad +0\.00 +1 +1 +0\nbreaks/)
})

test('without a browser its parts are skipped, loudly and counted', async () => {
  const part: Part = { name: 'page', run: async () => ({ counts: { ...none, passed: 9 }, output: '' }) }
  const { counts, output } = await inChromium(part, () => undefined).run('')
  expect(counts).toEqual({ ...none, skipped: 1 })
  expect(output).toContain('SKIPPED: page: no Chromium was found')
  expect((await inChromium(part, () => '/some/browser').run('')).counts.passed).toBe(9)
})

test('the browser that is named wins', () => {
  expect(findChromium({ env: { CHROMIUM: process.execPath, PATH: '' } })).toBe(process.execPath)
  expect(findChromium({ env: { CHROMIUM: '', PATH: '' } })).toBe(findChromium({ env: { PATH: '' } }))
})

test('the browser without windows comes first, unless the one that people have is wanted', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sotto-browsers-'))
  try {
    const [whole, shell] = [join(folder, 'chromium'), join(folder, 'chromium-headless-shell')]
    for (const path of [whole, shell]) writeFileSync(path, '', { mode: 0o755 })
    expect(findChromium({ env: { PATH: folder } })).toBe(shell)
    expect(findChromium({ env: { PATH: folder }, isWhole: true })).toBe(whole)
    expect(findChromium({ env: { CHROMIUM: whole, PATH: folder } })).toBe(whole)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
