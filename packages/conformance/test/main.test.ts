import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const main = resolve(import.meta.dirname, '../src/main.ts')
let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'conformance-'))
  writeFileSync(join(folder, 'refused.json'), JSON.stringify({ clockOffset: { cases: [{ samples: [1], offset: 1 }] } }))
  writeFileSync(join(folder, 'unknown.json'), JSON.stringify({ nobody: [{ a: 1 }] }))
  writeFileSync(join(folder, 'broken.json'), '{')
})
afterAll(() => rmSync(folder, { recursive: true }))

function run(...given: readonly string[]) {
  const env = { ...process.env, INIT_CWD: folder }
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...given], { encoding: 'utf8', env })
  return { status, lines: stdout.trimEnd().split('\n'), stderr }
}

test('files are meant from where npm was started', () => {
  const { status, lines } = run('refused.json')
  expect(status).toBe(0)
  expect(lines.at(-1)).toBe('0 passed, 0 failed')
})

test('an unknown group is a failure unless allowed', () => {
  const { status, lines } = run('refused.json', 'unknown.json')
  expect(status).toBe(1)
  expect(lines.slice(1)).toEqual(['unknown.nobody  unknown', 'unknown groups: unknown.nobody', '0 passed, 0 failed'])
  expect(run('--allow-unknown', 'unknown.json').status).toBe(0)
})

test('what cannot be read is told apart', () => {
  expect(run('missing.json').status).toBe(2)
  expect(run('broken.json').status).toBe(2)
  expect(run('--nonsense')).toMatchObject({ status: 2, stderr: 'there is no option --nonsense\n' })
  expect(run('--help').status).toBe(0)
})
