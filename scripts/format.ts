import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readTree } from './check/tree.ts'
import { SECTION_PAGE, sectionPage } from './docs/section-map.ts'
import { projectRoot } from './root.ts'
import { installedTool, runTool } from './run-tool.ts'

const { status, output } = await runTool(installedTool(projectRoot, 'oxfmt/bin/oxfmt', ['--write', '.']))
process.stdout.write(output)
writeFileSync(join(projectRoot, SECTION_PAGE), sectionPage(readTree(projectRoot).files))
process.exitCode = status
