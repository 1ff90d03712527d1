import { buildPath, signaturePath } from './build.ts'
import { pageLink } from './keeper-link.ts'
import { type KnownBuild } from './messages.ts'
import { keyFingerprint, openBuild } from './verify-build.ts'
import { webBuildCrypto } from './web-build-crypto.ts'

/** What a settings screen says about the build that runs. */
export interface BuildInfo {
  readonly version: string
  /** Made and signed on the machine that serves it. */
  readonly local: boolean
  /** When it was signed, Unix ms. */
  readonly signedAt: number
  /** Of the key that signed it: 32 hex digits in groups of four, to compare with what its makers publish. */
  readonly fingerprint: string
  /** A service worker keeps it, and would not let it change unseen. */
  readonly pinned: boolean
}

/** How long a service worker that is there may take. */
const statusMs = 2000

/** The build that this page is of; `undefined` where it has no signature, as in a development server. */
export async function buildInfo(): Promise<BuildInfo | undefined> {
  return (await infoOfKeeper()) ?? infoOfGateway()
}

async function infoOfKeeper(): Promise<BuildInfo | undefined> {
  if (!('serviceWorker' in navigator) || navigator.serviceWorker.controller === null) return undefined
  const link = pageLink()
  const { promise, resolve } = Promise.withResolvers<BuildInfo | undefined>()
  const stop = link.listen(notice => {
    if (notice.kind !== 'status') return
    const { key, pinned: build } = notice
    void infoOf(build, key, true).then(resolve)
  })
  const timer = setTimeout(() => resolve(undefined), statusMs)
  try {
    await link.ask({ kind: 'status' })
    return await promise
  } finally {
    clearTimeout(timer)
    stop()
  }
}

/** What the gateway says now, which need not be what this page was loaded from. */
async function infoOfGateway(): Promise<BuildInfo | undefined> {
  const algorithms = webBuildCrypto(crypto.subtle)
  try {
    const [described, signature] = await Promise.all([fetch(buildPath), fetch(signaturePath)])
    if (!described.ok || !signature.ok) return undefined
    const bytes = new Uint8Array(await described.arrayBuffer())
    const opened = await openBuild(algorithms, bytes, await signature.text())
    if (typeof opened === 'string') return undefined
    const { build, signature: signed } = opened
    const { local, signedAt, key } = signed
    return {
      version: build.version,
      local,
      signedAt,
      fingerprint: await keyFingerprint(algorithms, key),
      pinned: false,
    }
  } catch {
    return undefined
  }
}

async function infoOf(build: KnownBuild, key: string, pinned: boolean): Promise<BuildInfo> {
  return { ...build, fingerprint: await keyFingerprint(webBuildCrypto(crypto.subtle), key), pinned }
}
