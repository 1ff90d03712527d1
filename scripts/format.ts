import { installedTool, runTool } from './run-tool.ts'
import { projectRoot } from './root.ts'

const { status, output } = await runTool(installedTool(projectRoot, 'oxfmt/bin/oxfmt', ['--write', '.']))
process.stdout.write(output)
process.exitCode = status
