import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Counts } from '../report.ts'
import { installedTool, runTool } from '../run-tool.ts'
import { honestResult, type Part } from './part.ts'

/** A part that is one project of vitest's configuration. */
export function vitestPart(name: string, project: string): Part {
  return {
    name,
    run: async root => {
      const folder = await mkdtemp(join(tmpdir(), 'sotto-test-'))
      try {
        const file = join(folder, 'report.json')
        const reports = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
        const { status, output } = await runTool(
          installedTool(root, 'vitest/vitest.mjs', ['run', '--project', project, ...reports]),
        )
        return honestResult(countTests(await readReport(file)), status, output)
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    },
  }
}

/** The report is missing where vitest itself broke; then nothing ran. */
async function readReport(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch {
    return undefined
  }
}

/**
 * Counts what a report of vitest's says of single tests. A file that failed without a failed test, because it could not
 * be loaded or a hook of it threw, counts as one failure.
 */
export function countTests(report: unknown): Counts {
  const files = listAt(report, 'testResults')
  const tests = files.flatMap(file => listAt(file, 'assertionResults'))
  const broken = files.filter(file => {
    return fieldAt(file, 'status') === 'failed' && !listAt(file, 'assertionResults').some(isFailed)
  })
  const passed = tests.filter(test => fieldAt(test, 'status') === 'passed').length
  const failed = tests.filter(isFailed).length
  return { passed, failed: failed + broken.length, skipped: tests.length - passed - failed }
}

function isFailed(test: unknown): boolean {
  return fieldAt(test, 'status') === 'failed'
}

function listAt(value: unknown, name: string): readonly unknown[] {
  const field = fieldAt(value, name)
  return Array.isArray(field) ? field : []
}

function fieldAt(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
