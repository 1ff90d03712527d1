import { placeOf, type Finding, type Tree, type Verdict } from './tree.ts'
import { installedTool, runTool } from '../run-tool.ts'
import { toolVerdict, type ToolVerdict } from './tool-verdict.ts'

const CONFIG = /(?:^|\/)tsconfig(?:\.[a-z0-9-]+)?\.json$/

/** Type-checks every project: each tsconfig of the tree but the base, one after another. */
export async function checkTypes(tree: Tree): Promise<ToolVerdict> {
  const unowned = checkProjects(tree)
    .findings.map(({ path, text }) => `${path}: ${text}\n`)
    .join('')
  let output = unowned
  let failed = unowned !== ''
  const projects = typeProjects(tree)
  for (const project of projects) {
    const { status, output: said } = await runTool(
      installedTool(tree.root, 'typescript/bin/tsc', ['--project', project, '--pretty', 'false']),
    )
    if (status === 0) continue
    failed = true
    output += `${project}:\n${said}`
  }
  return toolVerdict(failed ? 1 : 0, output, projects.length, 'projects')
}

/** Every tsconfig that is a project of its own. */
export function typeProjects(tree: Tree): readonly string[] {
  return [...tree.files.keys()].filter(path => CONFIG.test(path) && !path.endsWith('tsconfig.base.json')).toSorted()
}

/** A package with TypeScript in `src` or `test` has a project for it, else nobody would check its types. */
export function checkProjects(tree: Tree): Verdict {
  const findings: Finding[] = []
  const projects = typeProjects(tree)
  const areas = new Set<string>()
  for (const { path } of tree.modules.values()) {
    const place = placeOf(path)
    if (place !== undefined && place.area !== 'other' && path.endsWith('.ts')) {
      areas.add(`packages/${place.package}/${place.area}`)
    }
  }
  for (const area of areas) {
    const owner = area.slice(0, area.lastIndexOf('/') + 1)
    const owned = projects.some(project => covers(tree, project, owner, area))
    if (!owned) findings.push({ path: area, line: 0, text: 'no tsconfig includes this folder' })
  }
  return { findings, looked: areas.size, unit: 'folders' }
}

function covers(tree: Tree, project: string, owner: string, area: string): boolean {
  if (project.startsWith(`${area}/`)) return true
  if (!project.startsWith(owner)) return false
  const folder = area.slice(owner.length)
  return new RegExp(String.raw`"include":\s*\[[^\]]*"(?:\./)?${folder}[/"]`).test(tree.files.get(project) ?? '')
}
