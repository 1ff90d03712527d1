import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readModule, type Module } from './module.ts'

/** The project's files as the checks see them: text by path, and the parsed form of every module. */
export interface Tree {
  /** Absolute folder; empty for an example tree, which is not on disk. */
  readonly root: string
  /** Every text file by its path from the root, with `/`. */
  readonly files: ReadonlyMap<string, string>
  /** Every JavaScript and TypeScript file, parsed. Generated ones are left out: nobody wrote them. */
  readonly modules: ReadonlyMap<string, Module>
}

/** One thing that a check does not like. */
export interface Finding {
  readonly path: string
  /** Counted from 1; 0 where the finding is about the whole file. */
  readonly line: number
  readonly text: string
}

/** What a check says. One that looked at nothing has not passed, whatever its findings. */
export interface Verdict {
  readonly findings: readonly Finding[]
  readonly looked: number
  /** What `looked` counts, in the plural. */
  readonly unit: string
}

const MODULE = /\.(?:ts|tsx|mts|js|mjs)$/
const GENERATED = /(?:^|\/)(?:gen|generated)\/|\.pb\.ts$|_pb\.ts$/
const BINARY = /\.(?:png|jpe?g|gif|webp|ico|woff2?|wasm|zip|gz|bin|pdf)$/

/** Reads what git knows or would take: tracked files and new ones that nothing ignores. */
export function readTree(root: string): Tree {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  const files = new Map<string, string>()
  for (const path of new Set(listed.split('\0'))) {
    if (path === '' || BINARY.test(path)) continue
    const full = join(root, path)
    if (existsSync(full)) files.set(path, readFileSync(full, 'utf8'))
  }
  return { ...treeOf(files), root }
}

/** An example tree for a test. */
export function treeOf(files: ReadonlyMap<string, string>): Tree {
  const modules = new Map<string, Module>()
  for (const [path, text] of files) {
    if (MODULE.test(path) && !GENERATED.test(path)) modules.set(path, readModule(path, text))
  }
  return { root: '', files, modules }
}

/** The modules under `packages/<name>/src`, which most checks are about. */
export function sourceModules(tree: Tree): readonly Module[] {
  return [...tree.modules.values()].filter(module => placeOf(module.path)?.area === 'src')
}

/** Where a file stands: `packages/protocol/src/onion/layer.ts` is package protocol, area src, rest onion/layer.ts. */
export interface Place {
  readonly package: string
  readonly area: 'src' | 'test' | 'other'
  readonly rest: string
}

/** The place of a path inside `packages/`, or undefined for a file elsewhere. */
export function placeOf(path: string): Place | undefined {
  const match = /^packages\/([^/]+)\/(?:(src|test)\/)?(.+)$/.exec(path)
  if (match === null) return undefined
  const [, name = '', area, rest = ''] = match
  return { package: name, area: area === 'src' || area === 'test' ? area : 'other', rest }
}

/** The modules that the linter must have seen: all but those that its ignore patterns leave out. */
export function lintedModules(tree: Tree): readonly string[] {
  return [...tree.modules.keys()].filter(path => !path.startsWith('vectors/'))
}
