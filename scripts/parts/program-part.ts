import { parseSummary } from '../report.ts'
import { runTool } from '../run-tool.ts'
import { honestResult, type Part } from './part.ts'

/** A part that is a script of ours, whose last line is `N passed, N failed`. */
export function programPart(name: string, script: string, ...args: readonly string[]): Part {
  return {
    name,
    run: async root => {
      const { status, output } = await runTool({ command: process.execPath, args: [script, ...args], cwd: root })
      return honestResult(parseSummary(output), status, output)
    },
  }
}
