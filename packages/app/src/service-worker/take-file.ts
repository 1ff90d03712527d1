import { type BuildFile } from '../updates/build.ts'
import { sha256Hex } from '../updates/verify-build.ts'
import { type BuildPorts } from './build-ports.ts'

/** Of all headers that come with a file these are kept; nothing else is served from the cache. */
const keptHeaders = [
  'content-type',
  'content-security-policy',
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
  'permissions-policy',
  'referrer-policy',
  'x-content-type-options',
]
/** Our own, in the cache only: what the bytes were found to be. */
const hashHeader = 'x-sotto-sha256'

/** A file that is not as it was signed. */
export class DamagedFile extends Error {
  override readonly name = 'DamagedFile'
}

/**
 * A file of a build, out of the cache of another build or from the gateway, with its hash checked.
 * @throws {DamagedFile} @throws {TypeError} if the gateway cannot be reached
 */
export async function takeFile(file: BuildFile, known: Cache | undefined, ports: BuildPorts): Promise<Response> {
  const old = await known?.match(file.path)
  if (old?.headers.get(hashHeader) === file.sha256) return old
  const reply = await ports.fetch(file.path, { cache: 'no-store', redirect: 'error', credentials: 'omit' })
  if (!reply.ok || !isGuarded(reply)) throw new DamagedFile()
  const bytes = new Uint8Array(await reply.arrayBuffer())
  const isRight = bytes.length === file.size && (await sha256Hex(ports.crypto, bytes)) === file.sha256
  if (!isRight) throw new DamagedFile()
  const headers = new Headers({ [hashHeader]: file.sha256 })
  for (const name of keptHeaders) {
    const value = reply.headers.get(name)
    if (value !== null) headers.set(name, value)
  }
  return new Response(bytes, { headers })
}

/** Pages and workers are only as strict as the policy that they came with, which no signature covers. */
function isGuarded({ headers }: Response): boolean {
  const policy = headers.get('content-security-policy') ?? ''
  const rules = policy.split(';').map(rule => rule.trim())
  return rules.includes("default-src 'none'") && rules.includes("require-trusted-types-for 'script'")
}
