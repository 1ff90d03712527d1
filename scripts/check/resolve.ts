import { posix } from 'node:path'
import { placeOf, type Tree } from './tree.ts'

/** Where an import leads: a file of the tree, or a library, or nowhere. */
export type Target =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'workspace'; readonly package: string; readonly path: string | undefined }
  | { readonly kind: 'internal'; readonly paths: readonly string[] }
  | { readonly kind: 'library'; readonly name: string }

/** Prefix of the workspace's own package names. */
export const SCOPE = '@sotto/'

/**
 * Resolves an import. `path` of a workspace import is undefined where the package exports no such name, which the
 * arrow check reports; `#name` leads to every file that some condition can choose.
 */
export function resolveImport(tree: Tree, from: string, specifier: string): Target {
  if (specifier.startsWith('.')) return { kind: 'file', path: posix.join(posix.dirname(from), specifier) }
  if (specifier.startsWith('#')) return { kind: 'internal', paths: internalPaths(tree, from, specifier) }
  if (specifier.startsWith(SCOPE)) return workspaceTarget(tree, specifier)
  return { kind: 'library', name: libraryName(specifier) }
}

/** Every file of the tree that an import can lead to. */
export function targetFiles(target: Target): readonly string[] {
  switch (target.kind) {
    case 'file':
      return [target.path]
    case 'workspace':
      return target.path === undefined ? [] : [target.path]
    case 'internal':
      return target.paths
    case 'library':
      return []
  }
}

function workspaceTarget(tree: Tree, specifier: string): Target {
  const [name = '', ...rest] = specifier.slice(SCOPE.length).split('/')
  const key = rest.length === 0 ? '.' : `./${rest.join('/')}`
  const paths = exportedPaths(readField(tree, name, 'exports'), key)
  const [path] = paths
  return { kind: 'workspace', package: name, path: path === undefined ? undefined : inPackage(name, path) }
}

function internalPaths(tree: Tree, from: string, specifier: string): readonly string[] {
  const name = placeOf(from)?.package
  if (name === undefined) return []
  return exportedPaths(readField(tree, name, 'imports'), specifier).map(path => inPackage(name, path))
}

function inPackage(name: string, path: string): string {
  return posix.join('packages', name, path)
}

/** All strings below one key of an `exports` or `imports` map, whatever the conditions above them. */
function exportedPaths(map: unknown, key: string): readonly string[] {
  if (typeof map === 'string') return key === '.' ? [map] : []
  if (typeof map !== 'object' || map === null) return []
  return strings(new Map<string, unknown>(Object.entries(map)).get(key))
}

function strings(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(strings)
}

function readField(tree: Tree, name: string, field: string): unknown {
  const text = tree.files.get(`packages/${name}/package.json`)
  if (text === undefined) return undefined
  const manifest: unknown = JSON.parse(text)
  return typeof manifest === 'object' && manifest !== null ? Reflect.get(manifest, field) : undefined
}

/** `@noble/hashes/blake2.js` belongs to `@noble/hashes`; `node:fs/promises` stays as it is. */
function libraryName(specifier: string): string {
  if (specifier.startsWith('node:')) return specifier
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
}
