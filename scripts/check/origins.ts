import { posix } from 'node:path'
import { documents } from '../docs/documents.ts'
import { declaredNames, docComment } from './doc-comments.ts'
import { lineAt, type Module } from './module.ts'
import type { Finding, Tree, Verdict } from './tree.ts'

const INDEX = /^packages\/protocol\/src\/[^/]+\/index\.ts$/
const PAGE = /\bdocs\/[\w/-]+\.md\b/g
const SECTION = /\b[Ss]pec (\d\d) §(\d+)(?:\.\d+)*/g
const NO_SPEC = /\bNo spec: [^.]{8,}\./

/**
 * The doc comment of every name that a sub-path of the wire library offers says what rules it: a section of a wire
 * document (`Spec 20 §3.4`), a page of our own (`docs/protocol/pipe.md`), or, where nothing does, `No spec:` and why.
 */
export function checkOrigins(tree: Tree): Verdict {
  const findings: Finding[] = []
  let looked = 0
  for (const index of tree.modules.values()) {
    if (!INDEX.test(index.path)) continue
    for (const name of offeredNames(index)) {
      looked += 1
      const finding = judge(tree, index, name)
      if (finding !== undefined) findings.push(finding)
    }
  }
  return { findings, looked, unit: 'public names' }
}

function offeredNames({ program }: Module): readonly string[] {
  return program.body.flatMap(statement =>
    statement.type === 'ExportNamedDeclaration'
      ? [
          ...declaredNames(statement),
          ...statement.specifiers.flatMap(({ exported }) => (exported.type === 'Identifier' ? [exported.name] : [])),
        ]
      : [],
  )
}

function judge(tree: Tree, index: Module, name: string): Finding | undefined {
  const found = findDeclaration(tree, index, name)
  if (found === undefined) return { path: index.path, line: 0, text: `${name}: not found where it should come from` }
  const { module, start } = found
  const text = complaint(tree, docComment(module, start) ?? '')
  return text === undefined ? undefined : { path: module.path, line: lineAt(module, start), text: `${name}: ${text}` }
}

function complaint(tree: Tree, comment: string): string | undefined {
  const pages = comment.match(PAGE) ?? []
  const stray = pages.find(page => !tree.files.has(page))
  if (stray !== undefined) return `there is no ${stray}`
  const sections = [...comment.matchAll(SECTION)]
  for (const [reference, number = '', section = ''] of sections) {
    if (documents.get(number)?.sections.has(section) !== true) return `there is no ${reference}`
  }
  if (sections.length > 0 || pages.length > 0 || NO_SPEC.test(comment)) return undefined
  return 'names no section: write Spec NN §N, a page under docs/, or No spec: and why'
}

interface Declaration {
  readonly module: Module
  readonly start: number
}

/** Follows `export … from` and `export { a as b }` to where a name is declared. */
function findDeclaration(tree: Tree, module: Module, name: string): Declaration | undefined {
  const { body } = module.program
  const declaration = body.find(statement => declaredNames(statement).includes(name))
  if (declaration !== undefined) return { module, start: declaration.start }
  for (const statement of body) {
    if (statement.type !== 'ExportNamedDeclaration') continue
    for (const { local, exported } of statement.specifiers) {
      if (exported.type !== 'Identifier' || exported.name !== name || local.type !== 'Identifier') continue
      if (statement.source !== null) {
        const target = tree.modules.get(posix.join(posix.dirname(module.path), statement.source.value))
        return target === undefined ? undefined : findDeclaration(tree, target, local.name)
      }
      return local.name === name ? undefined : findDeclaration(tree, module, local.name)
    }
  }
  return undefined
}
