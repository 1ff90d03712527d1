import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * @typedef {{
 *   version?: string, integrity?: string, link?: boolean, resolved?: string, optional?: boolean,
 *   os?: string | string[], cpu?: string | string[], libc?: string | string[], hasInstallScript?: boolean,
 *   dependencies?: Record<string, string>, devDependencies?: Record<string, string>,
 *   optionalDependencies?: Record<string, string>, peerDependencies?: Record<string, string>,
 *   peerDependenciesMeta?: Record<string, { optional?: boolean }>,
 * }} LockEntry an entry of `packages` in package-lock.json; its key is a path below the root
 */

/**
 * What node_modules lacks of all that package-lock.json asks for on this platform, optional native packages included: an
 * npm that ran under an old Node, or lost its connection, leaves those out without a word. What is in doubt counts as
 * lacking.
 * @param {string} root
 * @returns {string[]} paths below the root
 */
export function missingPackages(root) {
  const wanted = readPackages(join(root, 'package-lock.json'))
  const present = readPackages(join(root, 'node_modules/.package-lock.json'))
  if (wanted === undefined || present === undefined) return ['node_modules']
  return [...neededPaths(wanted)].filter(path => !isPresent(root, path, wanted.get(path), present.get(path)))
}

/** @returns {Map<string, LockEntry> | undefined} */
function readPackages(path) {
  try {
    return new Map(Object.entries(JSON.parse(readFileSync(path, 'utf8')).packages))
  } catch {
    return undefined
  }
}

/**
 * The paths of all packages that the root and its workspaces reach on this platform. Optional ones for other platforms,
 * and what only they need, are left out.
 * @param {Map<string, LockEntry>} packages
 * @returns {Set<string>}
 */
function neededPaths(packages) {
  const workspaces = [...packages].flatMap(([path, { link, resolved }]) => (link && resolved ? [path, resolved] : []))
  const found = new Set(workspaces)
  const open = ['', ...workspaces]
  for (let from = open.pop(); from !== undefined; from = open.pop()) {
    for (const [name, isOptional] of dependenciesOf(packages.get(from))) {
      const path = resolvePackage(packages, from, name)
      if (path === undefined || found.has(path)) continue
      if (isOptional && !fitsPlatform(packages.get(path))) continue
      found.add(path)
      open.push(path)
    }
  }
  // The workspaces' own folders are part of the repository; nobody installs them.
  return new Set([...found].filter(path => /(^|\/)node_modules\//.test(path)))
}

/** @returns {[name: string, isOptional: boolean][]} */
function dependenciesOf(entry = {}) {
  const optional = entry.optionalDependencies ?? {}
  const peers = Object.keys(entry.peerDependencies ?? {}).filter(name => !entry.peerDependenciesMeta?.[name]?.optional)
  const plain = [...Object.keys(entry.dependencies ?? {}), ...Object.keys(entry.devDependencies ?? {}), ...peers]
  return [
    ...plain.filter(name => !(name in optional)).map(name => [name, false]),
    ...Object.keys(optional).map(name => [name, true]),
  ]
}

/** Looks in the node_modules of `from` and of every folder above it, as Node does. */
function resolvePackage(packages, from, name) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(folder.lastIndexOf('/'), 0))) {
    const path = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`
    if (packages.has(path)) return path
    if (folder === '') return undefined
  }
}

function fitsPlatform({ os, cpu, libc } = {}) {
  return fits(os, process.platform) && fits(cpu, process.arch) && (libc === undefined || fits(libc, libcFamily()))
}

/** npm's rule: a list of allowed words, or of refused ones with `!`; no list allows all. */
function fits(list, value) {
  if (list === undefined) return true
  const words = typeof list === 'string' ? [list] : list
  if (words.includes(`!${value}`)) return false
  const allowed = words.filter(word => !word.startsWith('!'))
  return allowed.length === 0 || allowed.includes('any') || allowed.includes(value)
}

/** @returns {'glibc' | 'musl' | 'none'} */
function libcFamily() {
  if (process.platform !== 'linux') return 'none'
  process.report.excludeNetwork = true
  return process.report.getReport().header.glibcVersionRuntime === undefined ? 'musl' : 'glibc'
}

function isPresent(root, path, wanted = {}, present) {
  if (present === undefined) return false
  if (wanted.version !== present.version || wanted.integrity !== present.integrity) return false
  if (!existsSync(join(root, path, 'package.json'))) return false
  // Compiled here by an install script, and nobody noted for which Node.
  return !(wanted.hasInstallScript && existsSync(join(root, path, 'build')))
}
