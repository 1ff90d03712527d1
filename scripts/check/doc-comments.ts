import type { Directive, Statement } from 'oxc-parser'
import type { Module } from './module.ts'

/** The names that a statement of a module declares, with or without `export` before it. */
export function declaredNames(statement: Statement | Directive): readonly string[] {
  return declaredBy(statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement)
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

/**
 * The words of the doc comment of a statement of a module, on one line; `undefined` without one. It ends before the
 * statement and after the one before it, with nothing but space in between.
 */
export function docComment(module: Module, start: number): string | undefined {
  const comment = module.comments.find(({ type, value, end }) => {
    const before = type === 'Block' && value.startsWith('*') && end <= start
    return before && module.text.slice(end, start).trim() === ''
  })
  const words = comment?.value.replaceAll(/[\s*]+/g, ' ').trim()
  return words === '' ? undefined : words
}
