import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from './root.ts'

/** An entry of package-lock.json, as far as it matters here. */
interface LockedPackage {
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly dev?: boolean
}

const systems = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32']
const processors = ['arm', 'arm64', 'x64', 'ia32', 'ppc64', 'riscv64', 's390x']
const spellings: ReadonlyMap<string, string> = new Map([
  ['armv7', 'arm'],
  ['aarch64', 'arm64'],
])

/**
 * Adds what npm left out of the lockfile: a registry that mirrors packages for one platform only lacks the optional
 * ones for others, npm then omits them, and its own `npm ci` refuses the result. An entry that is never
 * installed here needs version and platform only; a machine of that platform fetches it by name and version.
 */
function main(): void {
  const path = join(projectRoot, 'package-lock.json')
  const lock = JSON.parse(readFileSync(path, 'utf8')) as { packages: Record<string, LockedPackage> }
  const packages = new Map(Object.entries(lock.packages))
  let added = 0
  for (const [at, { optionalDependencies = {}, dev }] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      if (isLocked(packages, at, name)) continue
      const platform = platformOf(name)
      if (platform === undefined) throw new Error(`${name} is not locked, and its name tells no platform`)
      const entry = { version, ...platform, ...(dev === true && { dev }), optional: true }
      packages.set(`node_modules/${name}`, entry)
      added += 1
    }
  }
  lock.packages = Object.fromEntries([...packages].toSorted(([a], [b]) => (a < b ? -1 : 1)))
  writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`)
  process.stdout.write(`${added} entries added\n`)
}

/** Looks where Node would: in the package's own folder, then in each one above. */
function isLocked(packages: ReadonlyMap<string, LockedPackage>, from: string, name: string): boolean {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')))) {
    if (packages.has(`${folder === '' ? '' : `${folder}/`}node_modules/${name}`)) return true
    if (folder === '') return false
  }
}

interface Platform {
  readonly os: readonly string[]
  readonly cpu: readonly string[]
  readonly libc?: readonly string[]
}

function platformOf(name: string): Platform | undefined {
  const words = name
    .slice(name.indexOf('/') + 1)
    .split('-')
    .map(word => spellings.get(word) ?? word)
  const os = words.find(word => systems.includes(word))
  const cpu = words.find(word => processors.includes(word))
  if (os === undefined || cpu === undefined) return undefined
  const libc = words.includes('musl') ? 'musl' : words.includes('gnu') && os === 'linux' ? 'glibc' : undefined
  return { os: [os], cpu: [cpu], ...(libc !== undefined && { libc: [libc] }) }
}

main()
