import { installedTool, runTool } from '../run-tool.ts'
import { toolVerdict, type ToolVerdict } from './tool-verdict.ts'

/** Files, exports and dependencies that nobody uses, and dependencies that nobody declared. */
export async function checkUnused(root: string, modules: number): Promise<ToolVerdict> {
  const call = installedTool(root, 'knip/bin/knip.js', ['--no-progress', '--no-config-hints'])
  const { status, output } = await runTool(call)
  return toolVerdict(status, output, modules, 'modules')
}
