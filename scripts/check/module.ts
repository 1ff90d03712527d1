import { parseSync, visitorKeys, type Node, type Program } from 'oxc-parser'

/** One import of a module: `import … from`, `export … from`, `import()` or a type written `import('…')`. */
export interface Import {
  readonly specifier: string
  readonly at: number
}

/** A parsed module. */
export interface Module {
  readonly path: string
  readonly text: string
  readonly program: Program
  readonly comments: readonly { readonly type: 'Line' | 'Block'; readonly value: string; readonly end: number }[]
  readonly imports: readonly Import[]
  /** What the parser could not read; a module with errors has no imports to speak of. */
  readonly errors: readonly string[]
}

/** Parses one module. Positions are UTF-16 offsets into `text`. */
export function readModule(path: string, text: string): Module {
  const { program, comments, errors } = parseSync(path, text)
  const imports: Import[] = []
  walk(program, node => {
    const specifier = specifierOf(node)
    if (specifier !== undefined) imports.push({ specifier, at: node.start })
  })
  return { path, text, program, comments, imports, errors: errors.map(error => error.message) }
}

function specifierOf(node: Node): string | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
      return node.source.value
    case 'ExportNamedDeclaration':
      return node.source?.value
    case 'ImportExpression':
    case 'TSImportType':
      return node.source.type === 'Literal' && typeof node.source.value === 'string' ? node.source.value : undefined
    default:
      return undefined
  }
}

/** Calls `visit` for the node and everything below it, parents first. */
export function walk(node: Node, visit: (node: Node, parents: readonly Node[]) => void): void {
  step(node, [], visit)
}

function step(node: Node, parents: readonly Node[], visit: (node: Node, parents: readonly Node[]) => void): void {
  visit(node, parents)
  const below = [...parents, node]
  for (const key of visitorKeys[node.type] ?? []) {
    const child: unknown = Reflect.get(node, key)
    for (const each of Array.isArray(child) ? child : [child]) if (isNode(each)) step(each, below, visit)
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
}

/** The line of an offset, counted from 1. */
export function lineAt(module: Module, offset: number): number {
  return module.text.slice(0, offset).split('\n').length
}
