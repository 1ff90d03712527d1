import { join } from 'node:path'
import { runTool } from '../run-tool.ts'
import type { ToolVerdict } from './tool-verdict.ts'

/** What is generated and committed is what its source gives today. */
export async function checkGenerated(root: string): Promise<ToolVerdict> {
  const script = join(root, 'packages/protocol/scripts/generate-message.ts')
  const { status, output } = await runTool({ command: process.execPath, args: [script, '--check'], cwd: root })
  const looked = Number(/(\d+) generated files are current/.exec(output)?.[1] ?? 0)
  return { passed: status === 0 && looked > 0, output, looked, unit: 'files' }
}
