import type { Directive, Statement } from 'oxc-parser'
import { lineAt, type Module } from './module.ts'
import { sourceModules, type Finding, type Tree, type Verdict } from './tree.ts'

/** Every name exported by a module of a package's source has a doc comment, directly before its declaration. */
export function checkComments(tree: Tree): Verdict {
  const findings: Finding[] = []
  let looked = 0
  for (const module of sourceModules(tree)) {
    const listed = listedExports(module)
    const seen = new Set<string>()
    module.program.body.forEach((statement, index) => {
      const exported = statement.type === 'ExportNamedDeclaration'
      const names = declaredBy(exported ? statement.declaration : statement)
      const wanted = names.filter(name => (exported || listed.has(name)) && !seen.has(name))
      for (const name of wanted) seen.add(name)
      if (wanted.length === 0) return
      looked += wanted.length
      if (documented(module, index)) return
      const text = `${wanted.join(', ')}: no doc comment`
      findings.push({ path: module.path, line: lineAt(module, statement.start), text })
    })
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

function declaredBy(declaration: Statement | Directive | null): readonly string[] {
  switch (declaration?.type) {
    case 'VariableDeclaration':
      return declaration.declarations.flatMap(({ id }) => (id.type === 'Identifier' ? [id.name] : []))
    case 'FunctionDeclaration':
    case 'TSDeclareFunction':
    case 'ClassDeclaration':
      return declaration.id === null ? [] : [declaration.id.name]
    case 'TSTypeAliasDeclaration':
    case 'TSInterfaceDeclaration':
      return [declaration.id.name]
    default:
      return []
  }
}

/** A doc comment ends before the statement and after the one before it, with nothing but space in between. */
function documented(module: Module, index: number): boolean {
  const start = module.program.body[index]?.start ?? 0
  return module.comments.some(({ type, value, end }) => {
    const before = type === 'Block' && value.startsWith('*') && end <= start
    return before && value.replaceAll(/[\s*]/g, '').length > 0 && module.text.slice(end, start).trim() === ''
  })
}
