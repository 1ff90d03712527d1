import { declaredNames, docComment } from './doc-comments.ts'
import { lineAt, type Module } from './module.ts'
import { sourceModules, type Finding, type Tree, type Verdict } from './tree.ts'

/** Every name exported by a module of a package's source has a doc comment, directly before its declaration. */
export function checkComments(tree: Tree): Verdict {
  const findings: Finding[] = []
  let looked = 0
  for (const module of sourceModules(tree)) {
    const listed = listedExports(module)
    const seen = new Set<string>()
    for (const statement of module.program.body) {
      const exported = statement.type === 'ExportNamedDeclaration'
      const wanted = declaredNames(statement).filter(name => (exported || listed.has(name)) && !seen.has(name))
      for (const name of wanted) seen.add(name)
      if (wanted.length === 0) continue
      looked += wanted.length
      if (docComment(module, statement.start) !== undefined) continue
      const text = `${wanted.join(', ')}: no doc comment`
      findings.push({ path: module.path, line: lineAt(module, statement.start), text })
    }
  }
  return { findings, looked, unit: 'exported names' }
}

/** Names of `export { a, b }` without a source; those with one are documented where they are declared. */
function listedExports(module: Module): ReadonlySet<string> {
  const names = new Set<string>()
  for (const statement of module.program.body) {
    if (statement.type !== 'ExportNamedDeclaration' || statement.source !== null) continue
    for (const { local } of statement.specifiers) if (local.type === 'Identifier') names.add(local.name)
  }
  return names
}
