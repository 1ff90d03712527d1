import type { Node } from 'oxc-parser'
import { lineAt, walk, type Module } from './module.ts'
import { placeOf, type Finding, type Tree, type Verdict } from './tree.ts'

/** Packages whose inside runs anywhere, with the folders and files in them that are adapters to one platform. */
export const isomorphic: ReadonlyMap<string, readonly string[]> = new Map([
  ['protocol', ['src/crypto/backend/node.ts']],
  ['registry', ['src/node/']],
  ['network', []],
  ['client', ['src/node/', 'src/web/']],
  ['testing', []],
  ['conformance', ['src/main.ts', 'src/node/']],
])

/** Packages whose tests run in a browser as well, so that they import nothing of Node's either. */
export const testedInBrowser: ReadonlySet<string> = new Set(['protocol', 'testing'])

/** Names of one platform, and those that are a clock, a die, a log or a wait on every platform. */
export const forbiddenGlobals: ReadonlySet<string> = new Set(
  [
    'window document navigator location self localStorage sessionStorage indexedDB alert console crypto performance',
    'process Buffer global globalThis require __dirname __filename',
    'setTimeout setInterval setImmediate queueMicrotask requestAnimationFrame requestIdleCallback',
    'fetch WebSocket XMLHttpRequest EventSource Worker SharedWorker BroadcastChannel',
  ].flatMap(line => line.split(' ')),
)

const forbiddenMembers: ReadonlySet<string> = new Set(['Date.now', 'Math.random'])

/** Keeps platform, time and chance out of the packages that must not know them. */
export function checkGlobals(tree: Tree): Verdict {
  const findings: Finding[] = []
  let looked = 0
  for (const module of tree.modules.values()) {
    if (inside(module.path)) {
      looked += 1
      findings.push(...globalsIn(module), ...nodeImports(module))
    } else if (testsInBrowser(module.path)) {
      looked += 1
      findings.push(...nodeImports(module))
    }
  }
  return { findings, looked, unit: 'modules' }
}

function inside(path: string): boolean {
  const place = placeOf(path)
  if (place?.area !== 'src') return false
  const adapters = isomorphic.get(place.package)
  return adapters?.every(adapter => !`src/${place.rest}`.startsWith(adapter)) ?? false
}

function testsInBrowser(path: string): boolean {
  const place = placeOf(path)
  return place?.area === 'test' && testedInBrowser.has(place.package)
}

function nodeImports(module: Module): readonly Finding[] {
  return module.imports
    .filter(({ specifier }) => specifier.startsWith('node:') || specifier === 'sodium-native')
    .map(({ specifier, at }) => ({ path: module.path, line: lineAt(module, at), text: `imports ${specifier}` }))
}

function globalsIn(module: Module): readonly Finding[] {
  const findings: Finding[] = []
  const own = declaredNames(module)
  walk(module.program, (node, parents) => {
    const name = globalName(node, parents.at(-1), own)
    if (name !== undefined)
      findings.push({ path: module.path, line: lineAt(module, node.start), text: `names ${name}` })
  })
  return findings
}

function globalName(node: Node, parent: Node | undefined, own: ReadonlySet<string>): string | undefined {
  if (node.type === 'MetaProperty' && node.meta.name === 'import') return 'import.meta'
  if (node.type === 'NewExpression' && node.arguments.length === 0 && isNamed(node.callee, 'Date')) return 'new Date()'
  if (node.type === 'CallExpression' && isNamed(node.callee, 'Date')) return 'Date()'
  if (node.type === 'MemberExpression' && node.object.type === 'Identifier' && node.property.type === 'Identifier') {
    const dotted = `${node.object.name}.${node.property.name}`
    if (!node.computed && forbiddenMembers.has(dotted)) return dotted
  }
  if (node.type !== 'Identifier' || !forbiddenGlobals.has(node.name) || own.has(node.name)) return undefined
  return isReference(node, parent) ? node.name : undefined
}

function isNamed(node: Node, name: string): boolean {
  return node.type === 'Identifier' && node.name === name
}

/** Property names and the like are identifiers in the tree, but name no variable. */
function isReference(node: Node, parent: Node | undefined): boolean {
  switch (parent?.type) {
    case 'MemberExpression':
      return parent.computed || parent.object === node
    case 'Property':
      return parent.computed || parent.value === node
    case 'PropertyDefinition':
    case 'MethodDefinition':
    case 'TSPropertySignature':
    case 'TSMethodSignature':
      return parent.computed || parent.key !== node
    case 'TSQualifiedName':
      return parent.left === node
    case 'ImportSpecifier':
    case 'ExportSpecifier':
    case 'LabeledStatement':
      return false
    default:
      return true
  }
}

/**
 * Every name that the module declares anywhere, without scopes: a module with a parameter `location` may use that
 * word, and the type checker, which knows no platform here, still finds the global one.
 */
function declaredNames(module: Module): ReadonlySet<string> {
  const names = new Set<string>()
  walk(module.program, node => {
    switch (node.type) {
      case 'VariableDeclarator':
        addBindings(node.id, names)
        break
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        if (node.id !== null) addBindings(node.id, names)
        for (const parameter of node.params) addBindings(parameter, names)
        break
      case 'ImportSpecifier':
      case 'ImportDefaultSpecifier':
      case 'ImportNamespaceSpecifier':
        names.add(node.local.name)
        break
      case 'ClassDeclaration':
        if (node.id !== null) names.add(node.id.name)
        break
      case 'CatchClause':
        if (node.param !== null) addBindings(node.param, names)
        break
      default:
    }
  })
  return names
}

/** The names that a pattern binds; defaults inside it are expressions and bind nothing. */
function addBindings(pattern: Node, names: Set<string>): void {
  switch (pattern.type) {
    case 'Identifier':
      names.add(pattern.name)
      break
    case 'ObjectPattern':
      for (const property of pattern.properties) {
        addBindings(property.type === 'RestElement' ? property.argument : property.value, names)
      }
      break
    case 'ArrayPattern':
      for (const element of pattern.elements) if (element !== null) addBindings(element, names)
      break
    case 'AssignmentPattern':
      addBindings(pattern.left, names)
      break
    case 'RestElement':
      addBindings(pattern.argument, names)
      break
    default:
  }
}
