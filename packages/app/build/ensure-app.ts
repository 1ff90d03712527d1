import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseBuild, buildPath } from '../src/updates/build.ts'
import { buildApp } from './build-app.ts'
import { pathsBelow } from './list-files.ts'
import { projectFolder, usualOutDir } from './places.ts'

/** What `ensureApp` is told. */
export interface EnsureAppOptions {
  readonly outDir?: string
  /** Called before a build, which takes some seconds. */
  readonly onBuild?: () => void
}

/** What the app is built from, by folders of the repository; tests are none of it. */
const sources = [
  'packages/app/src',
  'packages/app/build',
  'packages/app/public',
  'packages/client/src',
  'packages/network/src',
  'packages/registry/src',
  'packages/protocol/src',
]
const files = [
  'packages/app/index.html',
  'packages/app/vite.config.ts',
  'packages/app/package.json',
  'packages/client/package.json',
  'packages/protocol/package.json',
  'package-lock.json',
]
/** Beside the build, and no part of it: the hash of what it was built from. */
const markerName = '.sources'

/**
 * Builds the app, unless what lies there was built from the same sources. Answers with the folder.
 * @throws {BuildError} `build.failed`
 */
export async function ensureApp({ outDir = usualOutDir, onBuild }: EnsureAppOptions = {}): Promise<string> {
  const wanted = await hashSources()
  if ((await builtFrom(outDir)) === wanted) return outDir
  onBuild?.()
  await buildApp({ outDir, compression: 'fast' })
  await writeFile(join(outDir, markerName), wanted)
  return outDir
}

/** Hex over the paths and bytes of everything that a build depends on. */
async function hashSources(): Promise<string> {
  const below = await Promise.all(
    sources.map(async folder =>
      (await pathsBelow(join(projectFolder, folder)).catch(() => [])).map(path => folder + path),
    ),
  )
  const hash = createHash('sha256').update(process.env['VITE_SOTTO_TRUSTED_KEYS'] ?? '')
  for (const path of [...below.flat(), ...files]) {
    const bytes = await readFile(join(projectFolder, path)).catch(() => new Uint8Array())
    hash.update(`\0${path}\0${bytes.length}\0`).update(bytes)
  }
  return hash.digest('hex')
}

/** `undefined` if there is no complete build. */
async function builtFrom(outDir: string): Promise<string | undefined> {
  try {
    const [marker, described] = await Promise.all([
      readFile(join(outDir, markerName), 'utf8'),
      readFile(join(outDir, buildPath), 'utf8'),
    ])
    return parseBuild(described) === undefined ? undefined : marker
  } catch {
    return undefined
  }
}
