import type { Directive, Statement } from 'oxc-parser'
import { lineAt, type Module } from './module.ts'
import { placeOf, type Finding, type Tree, type Verdict } from './tree.ts'

/** Exports are named one by one, and a module of a package's source keeps no state of its own. */
export function checkShape(tree: Tree): Verdict {
  const findings: Finding[] = []
  for (const module of tree.modules.values()) {
    for (const error of module.errors) findings.push({ path: module.path, line: 0, text: `does not parse: ${error}` })
    for (const statement of module.program.body) {
      const text = judge(statement, module)
      if (text !== undefined) findings.push({ path: module.path, line: lineAt(module, statement.start), text })
    }
  }
  return { findings, looked: tree.modules.size, unit: 'modules' }
}

function judge(statement: Statement | Directive, { path }: Module): string | undefined {
  if (statement.type === 'ExportAllDeclaration') return 'export *: list the names'
  if (statement.type === 'ExportDefaultDeclaration') {
    return path.endsWith('.config.ts') ? undefined : 'export default: give it a name'
  }
  const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement
  const inSource = placeOf(path)?.area === 'src'
  if (inSource && declaration?.type === 'VariableDeclaration' && declaration.kind !== 'const' && !declaration.declare) {
    return `${declaration.kind} at the top of a module: state belongs to an object that someone creates`
  }
  return undefined
}
