import { isAbsolute, join, relative, sep } from 'node:path'
import { installedTool, runTool } from '../run-tool.ts'
import { toolVerdict, type ToolVerdict } from './tool-verdict.ts'
import type { Tree } from './tree.ts'

const CONFIG = /(?:^|\/)tsconfig(?:\.[a-z0-9-]+)?\.json$/

/** Type-checks every project: each tsconfig of the tree but the base, one after another. */
export async function checkTypes(tree: Tree): Promise<ToolVerdict> {
  const said: string[] = []
  const seen = new Set<string>()
  const projects = typeProjects(tree)
  for (const project of projects) {
    const args = ['--project', project, '--pretty', 'false', '--listFiles']
    const { status, output } = await runTool(installedTool(tree.root, 'typescript/bin/tsc', args))
    const { files, rest } = splitListing(tree.root, output)
    for (const file of files) seen.add(file)
    if (status !== 0) said.push(`${project}:`, ...rest)
  }
  for (const path of uncheckedModules(tree, seen)) said.push(`${path}: no tsconfig includes this file`)
  return toolVerdict(said.length > 0 ? 1 : 0, said.join('\n'), projects.length, 'projects')
}

/** Every tsconfig that is a project of its own. */
export function typeProjects(tree: Tree): readonly string[] {
  return [...tree.files.keys()].filter(path => CONFIG.test(path) && !path.endsWith('tsconfig.base.json')).toSorted()
}

/** TypeScript of the tree that no project looked at: nobody would notice its errors. */
export function uncheckedModules(tree: Tree, seen: ReadonlySet<string>): readonly string[] {
  return [...tree.modules.keys()].filter(path => /\.(?:ts|mts|tsx)$/.test(path) && !seen.has(path))
}

/** Parts the compiler's list of files, one absolute path per line, from what else it says. */
function splitListing(root: string, output: string): { readonly files: string[]; readonly rest: string[] } {
  const [files, rest]: [string[], string[]] = [[], []]
  for (const line of output.split(/\r?\n/)) {
    if (line === '') continue
    if (isAbsolute(line)) files.push(relative(root, join(line)).split(sep).join('/'))
    else rest.push(line)
  }
  return { files, rest }
}
