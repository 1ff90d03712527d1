import { posix } from 'node:path'
import { lineAt, type Import, type Module } from './module.ts'
import { resolveImport, SCOPE, type Target } from './resolve.ts'
import { placeOf, type Finding, type Place, type Tree, type Verdict } from './tree.ts'

const messenger = ['protocol', 'registry', 'transport', 'network', 'client']
const servers = ['server', 'node', 'community', 'files', 'push', 'gateway']

/** Which packages a package may import. Tests may import `testing` besides. The rooms and arrows of the architecture. */
export const packageArrows: ReadonlyMap<string, readonly string[]> = new Map([
  ['protocol', []],
  ['registry', ['protocol']],
  ['transport', ['protocol']],
  ['network', ['protocol', 'registry']],
  ['client', ['protocol', 'registry', 'network']],
  ['server', ['protocol']],
  ['node', ['protocol', 'registry', 'transport', 'server']],
  ['community', ['protocol', 'server']],
  ['files', ['protocol', 'server']],
  ['push', ['protocol', 'server', 'network', 'transport']],
  ['gateway', ['protocol', 'registry', 'transport', 'server']],
  ['app', ['client']],
  ['testing', ['protocol', 'registry', 'transport', 'network']],
  ['conformance', ['protocol']],
  ['simulator', [...messenger, ...servers]],
  ['cli', [...messenger, ...servers, 'app', 'conformance']],
])

/** More that one folder of a package may import: its adapter to a platform. */
export const adapterArrows: readonly { readonly folder: string; readonly may: readonly string[] }[] = [
  { folder: 'packages/client/src/node/', may: ['transport'] },
]

/** Sub-paths of protocol, lowest first. Each may import those before it. */
export const protocolOrder: readonly string[] = [
  'error encoding crypto account',
  'blinding swarm storage onion attachment names community push pipe link',
  'message seal config group',
].flatMap(line => line.split(' '))

/** Libraries that implement algorithms. Only `protocol/crypto` imports them, and tests, as oracles. */
export const algorithmLibraries: ReadonlySet<string> = new Set([
  'sodium-native',
  'libsodium-wrappers',
  'libsodium-wrappers-sumo',
  '@noble/ciphers',
  '@noble/curves',
  '@noble/hashes',
  '@noble/post-quantum',
])

/** Where a hash only draws: colours that all clients give to an id, in the page, which has nothing of `protocol/crypto`. */
const drawingFiles: ReadonlySet<string> = new Set(['packages/app/src/ui/avatar-look.ts'])

/** Checks every import under `packages/` against the tables above. */
export function checkArrows(tree: Tree): Verdict {
  const findings: Finding[] = []
  let looked = 0
  for (const module of tree.modules.values()) {
    const place = placeOf(module.path)
    if (place === undefined) continue
    for (const each of module.imports) {
      looked += 1
      const text = judge(tree, module, place, each)
      if (text !== undefined) findings.push({ path: module.path, line: lineAt(module, each.at), text })
    }
  }
  return { findings, looked, unit: 'imports' }
}

function judge(tree: Tree, module: Module, place: Place, { specifier }: Import): string | undefined {
  const target = resolveImport(tree, module.path, specifier)
  switch (target.kind) {
    case 'library':
      return judgeLibrary(module.path, place, target.name)
    case 'internal':
      return target.paths.length === 0 ? `${specifier} is not in the package's imports` : undefined
    case 'workspace':
      return judgeWorkspace(module.path, place, specifier, target)
    case 'file':
      return judgeFile(place, specifier, target.path)
  }
}

function judgeLibrary(path: string, place: Place, name: string): string | undefined {
  if (!algorithmLibraries.has(name) || place.area === 'test' || drawingFiles.has(path)) return undefined
  const inCrypto = place.package === 'protocol' && place.area === 'src' && place.rest.startsWith('crypto/')
  return inCrypto ? undefined : `${name} is an algorithm library: import @sotto/protocol/crypto`
}

function judgeWorkspace(path: string, place: Place, specifier: string, target: Target): string | undefined {
  if (target.kind !== 'workspace') return undefined
  if (target.path === undefined) return `${specifier} is not exported by ${SCOPE}${target.package}`
  if (target.package === place.package) return judgeOwn(place, target.path, specifier)
  const may = packageArrows.get(place.package)
  if (may === undefined) return `package ${place.package} is not in the table of arrows`
  const extra = adapterArrows.filter(({ folder }) => path.startsWith(folder)).flatMap(({ may: more }) => more)
  const forTests = place.area === 'test' ? ['testing'] : []
  if ([...may, ...extra, ...forTests].includes(target.package)) return undefined
  return `${place.package} may not import ${target.package}`
}

function judgeFile(place: Place, specifier: string, path: string): string | undefined {
  const target = placeOf(path)
  const atVectors = path.startsWith('vectors/') && (place.area === 'test' || place.package === 'conformance')
  if (atVectors) return undefined
  if (target?.package !== place.package) return `${specifier} leaves the package: use its exports`
  return judgeOwn(place, path, specifier)
}

/** Inside one package: source does not import tests, and protocol's sub-paths keep their order. */
function judgeOwn(place: Place, path: string, specifier: string): string | undefined {
  const target = placeOf(path)
  if (place.area === 'test' || target === undefined) return undefined
  if (target.area === 'test') return `${specifier}: source may not import tests`
  if (place.package !== 'protocol' || place.area !== 'src') return undefined
  return judgeSubPath(place, target, specifier)
}

function judgeSubPath(place: Place, target: Place, specifier: string): string | undefined {
  const [from = '', to = ''] = [firstFolder(place.rest), firstFolder(target.rest)]
  if (from === to) return specifier.startsWith('.') ? undefined : `${specifier}: import a neighbour by its file`
  const [low, high] = [protocolOrder.indexOf(to), protocolOrder.indexOf(from)]
  if (high === -1) return `${from} is not in the order of sub-paths`
  if (low === -1) return `${to} is not in the order of sub-paths`
  if (low > high) return `${from} may not import ${to}: ${to} comes later in the order of sub-paths`
  if (posix.basename(target.rest) !== 'index.ts') return `${specifier}: import another sub-path by its index`
  return undefined
}

function firstFolder(rest: string): string | undefined {
  return rest.split('/', 1)[0]
}
