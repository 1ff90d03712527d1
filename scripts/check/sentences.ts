import type { Class, Node, TSType, VariableDeclarator } from 'oxc-parser'
import { lineAt, walk, type Module } from './module.ts'
import { sourceModules, type Finding, type Tree, type Verdict } from './tree.ts'

const BASE = 'SottoError'
const CODE = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*\.[a-z0-9]+(?:-[a-z0-9]+)*$/

/**
 * Beside every subclass of SottoError stands a table with a sentence for each of its codes, and the class returns
 * from it. That the table is complete is the type checker's business; that it says something is ours.
 */
export function checkSentences(tree: Tree): Verdict {
  const findings: Finding[] = []
  let looked = 0
  for (const module of sourceModules(tree)) {
    const tables = sentenceTables(module)
    for (const found of errorClasses(module)) {
      looked += 1
      const line = lineAt(module, found.start)
      for (const text of judge(module, found, tables)) findings.push({ path: module.path, line, text })
    }
    for (const table of tables) {
      for (const text of judgeTable(table))
        findings.push({ path: module.path, line: lineAt(module, table.start), text })
    }
  }
  return { findings, looked, unit: 'error classes' }
}

function errorClasses(module: Module): readonly Class[] {
  const classes: Class[] = []
  walk(module.program, node => {
    if (node.type !== 'ClassDeclaration' && node.type !== 'ClassExpression') return
    if (node.superClass?.type === 'Identifier' && node.superClass.name === BASE) classes.push(node)
  })
  return classes
}

/** Constants with a type annotation `…Record<Codes, string>…`. */
function sentenceTables(module: Module): readonly VariableDeclarator[] {
  const tables: VariableDeclarator[] = []
  walk(module.program, node => {
    if (node.type === 'VariableDeclarator' && recordKey(node) !== undefined) tables.push(node)
  })
  return tables
}

function recordKey(declarator: VariableDeclarator): TSType | undefined {
  if (declarator.id.type !== 'Identifier') return undefined
  let key: TSType | undefined
  walk(declarator.id, node => {
    if (node.type !== 'TSTypeReference' || node.typeName.type !== 'Identifier') return
    const [first, second] = node.typeArguments?.params ?? []
    if (node.typeName.name === 'Record' && second?.type === 'TSStringKeyword') key = first
  })
  return key
}

function judge(module: Module, found: Class, tables: readonly VariableDeclarator[]): readonly string[] {
  const name = found.id?.name ?? 'a class without a name'
  const code = found.superTypeArguments?.params[0]
  if (code === undefined) return [`${name}: says no codes: extends ${BASE}<Codes>`]
  const source = (type: TSType): string => module.text.slice(type.start, type.end)
  const beside = tables.some(table => {
    const key = recordKey(table)
    return key !== undefined && source(key) === source(code)
  })
  return beside ? [] : [`${name}: no table Readonly<Record<${source(code)}, string>> beside it`]
}

function judgeTable(table: VariableDeclarator): readonly string[] {
  const literal = table.init
  if (literal?.type !== 'ObjectExpression') return []
  return literal.properties.flatMap(property => {
    if (property.type !== 'Property' || property.key.type !== 'Literal') return []
    const code = String(property.key.value)
    if (!CODE.test(code)) return [`${code}: a code is written area.what-is-wrong`]
    return /[a-z]{2}.*[.!?]$/i.test(textOf(property.value)) ? [] : [`${code}: its sentence is not one`]
  })
}

function textOf(expression: Node): string {
  if (expression.type === 'Literal') return String(expression.value)
  if (expression.type === 'BinaryExpression') return textOf(expression.left) + textOf(expression.right)
  return ''
}
