import { installedTool, runTool } from '../run-tool.ts'
import { toolVerdict, type ToolVerdict } from './tool-verdict.ts'

/** Whether every file is written as the formatter would write it. */
export async function checkFormat(root: string): Promise<ToolVerdict> {
  const { status, output } = await runTool(installedTool(root, 'oxfmt/bin/oxfmt', ['--check', '.']))
  return toolVerdict(status, output, countBefore(output, 'files'), 'files')
}

function countBefore(output: string, unit: string): number {
  return Number(new RegExp(String.raw`on (\d+) ${unit}`).exec(output)?.[1] ?? 0)
}
