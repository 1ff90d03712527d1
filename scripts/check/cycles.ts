import { lineAt, type Module } from './module.ts'
import { resolveImport, targetFiles } from './resolve.ts'
import type { Finding, Tree, Verdict } from './tree.ts'

/**
 * Finds modules that import each other in a ring. Imports of types count too: they are no danger when the program
 * runs, but two files that need each other's types hold one concept.
 */
export function checkCycles(tree: Tree): Verdict {
  const findings: Finding[] = []
  const done = new Set<string>()
  for (const path of tree.modules.keys()) follow(tree, path, [], done, findings)
  return { findings, looked: tree.modules.size, unit: 'modules' }
}

/** Depth first; `trail` is the way from the start, `done` what needs no second visit. */
function follow(tree: Tree, path: string, trail: readonly string[], done: Set<string>, findings: Finding[]): void {
  const module = tree.modules.get(path)
  if (module === undefined || done.has(path)) return
  const way = [...trail, path]
  for (const { to, at } of edges(tree, module)) {
    const start = way.indexOf(to)
    if (start === -1) follow(tree, to, way, done, findings)
    else findings.push({ path, line: lineAt(module, at), text: `a ring: ${[...way.slice(start), to].join(' → ')}` })
  }
  done.add(path)
}

function edges(tree: Tree, module: Module): readonly { readonly to: string; readonly at: number }[] {
  return module.imports.flatMap(({ specifier, at }) =>
    targetFiles(resolveImport(tree, module.path, specifier)).map(to => ({ to, at })),
  )
}
