import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildApp, signBuild } from '@sotto/app/build'
import { FolderAssets } from '@sotto/gateway'
import { Ed25519KeyPair, Ed25519Seed, ed25519Sign } from '@sotto/protocol/crypto'
import { systemRandom } from '@sotto/server'
import { projectRoot } from '../../../scripts/root.ts'

/** Who signs a build, and how. */
export interface Signing {
  readonly keyPair: Ed25519KeyPair
  readonly signedAt: number
  readonly local?: boolean
}

/** A key that nobody else has. */
export function newKey(): Ed25519KeyPair {
  return new Ed25519KeyPair(new Ed25519Seed(systemRandom(32)))
}

/** An app that is small and says its name, with the service worker and the page's side of it as they are. */
export class FixtureApp {
  readonly #folder = mkdtempSync(join(tmpdir(), 'sotto-fixture-'))

  /** Builds a version; answers with its folder. */
  async build(name: string): Promise<string> {
    const root = join(this.#folder, `${name}-sources`)
    const outDir = join(this.#folder, name)
    mkdirSync(join(root, 'public'), { recursive: true })
    for (const [path, text] of Object.entries(sources(name))) writeFileSync(join(root, path), text)
    await buildApp({ root, outDir, compression: 'fast' })
    return outDir
  }

  /** What a gateway serves of a build. */
  async assets(build: string, { keyPair, signedAt, local = true }: Signing): Promise<FolderAssets> {
    const sign = (message: Uint8Array): Uint8Array => ed25519Sign(keyPair, message)
    const signer = { publicKey: keyPair.publicKey, sign }
    const signature = await signBuild(build, { signer, signedAt, local })
    return FolderAssets.load(build, { signature: Buffer.from(signature) })
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

function sources(name: string): Readonly<Record<string, string>> {
  const updates = join(projectRoot, 'packages/app/src/updates')
  return {
    'package.json': '{ "version": "1.0.0" }',
    'vite.config.ts': 'export default { build: { assetsInlineLimit: 0, modulePreload: { polyfill: false } } }\n',
    'public/data.txt': `data of ${name}`,
    'public/same.txt': 'same',
    'index.html': '<!doctype html><title></title><script type="module" src="/main.ts"></script>',
    'main.ts': `
import { buildInfo } from ${JSON.stringify(join(updates, 'build-info.ts'))}
import { pageLink } from ${JSON.stringify(join(updates, 'keeper-link.ts'))}
import { startUpdates } from ${JSON.stringify(join(updates, 'start-updates.ts'))}
document.title = ${JSON.stringify(name)}
const link = pageLink()
const notices = []
link.listen(notice => notices.push(notice))
globalThis.fixture = { notices, buildInfo, ask: request => link.ask(request) }
await startUpdates()
`,
  }
}
