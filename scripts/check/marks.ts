import { lineAt, walk } from './module.ts'
import type { Finding, Tree, Verdict } from './tree.ts'

const runners: ReadonlySet<string> = new Set(['test', 'it', 'describe', 'suite', 'bench'])
const marks: ReadonlySet<string> = new Set(['only', 'skip', 'todo', 'skipIf', 'runIf', 'fails'])

/** No test is switched off, and none switches the others off. */
export function checkMarks(tree: Tree): Verdict {
  const findings: Finding[] = []
  let looked = 0
  for (const module of tree.modules.values()) {
    if (!/\.(?:test|spec)\.(?:ts|tsx|mjs)$/.test(module.path)) continue
    looked += 1
    walk(module.program, node => {
      if (node.type !== 'MemberExpression' || node.property.type !== 'Identifier') return
      const { object, property } = node
      const root = object.type === 'MemberExpression' ? object.object : object
      if (root.type !== 'Identifier' || !runners.has(root.name) || !marks.has(property.name)) return
      findings.push({ path: module.path, line: lineAt(module, node.start), text: `${root.name}.${property.name}` })
    })
  }
  return { findings, looked, unit: 'test files' }
}
