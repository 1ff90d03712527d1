import { readFileSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import type * as Vite from 'vite'
import { type Build, buildPath, formatBuild, serviceWorkerPath } from '../src/updates/build.ts'
import { BuildError } from './build-error.ts'
import { compressFolder, type Compression } from './compress.ts'
import { describeFolder } from './list-files.ts'
import { appFolder, usualOutDir } from './places.ts'

/** What a build is made of. */
export interface BuildAppOptions {
  /** Replaced as a whole when the build is done. */
  readonly outDir?: string
  /** With `vite.config.ts`, `index.html` and `package.json`; this package, but for tests. */
  readonly root?: string
  readonly compression?: Compression
}

/**
 * Builds the app into a folder: the page and its workers, the service worker, the list of all files (`build.json`), compressed
 * copies. The same sources give the same bytes.
 * @throws {BuildError} `build.failed`
 */
export async function buildApp({
  outDir = usualOutDir,
  root = appFolder,
  compression = 'best',
}: BuildAppOptions = {}): Promise<Build> {
  const fresh = `${outDir}.new-${process.pid}`
  try {
    await rm(fresh, { recursive: true, force: true })
    await inProduction(async () => {
      // Only now: whoever asks for a build that is there already would wait for it in vain.
      const vite = await import('vite')
      await vite.build(await pageConfig(vite, root, fresh))
      await vite.build(serviceWorkerConfig(fresh))
    })
    const described = await describeFolder(fresh, packageVersion(root))
    await compressFolder(fresh, described.files, compression)
    await writeFile(join(fresh, buildPath), formatBuild(described))
    await replaceFolder(fresh, outDir)
    return described
  } catch (cause) {
    await rm(fresh, { recursive: true, force: true })
    const message = cause instanceof Error ? cause.message : 'the app could not be built'
    throw new BuildError('build.failed', stripVTControlCharacters(message), { cause })
  }
}

/** The bundler asks the environment whether to leave out what is for developers; a test runner would say no. */
async function inProduction(work: () => Promise<void>): Promise<void> {
  const { NODE_ENV: before } = process.env
  process.env['NODE_ENV'] = 'production'
  try {
    await work()
  } finally {
    if (before === undefined) delete process.env['NODE_ENV']
    else process.env['NODE_ENV'] = before
  }
}

async function pageConfig(vite: typeof Vite, root: string, outDir: string): Promise<Vite.InlineConfig> {
  const env = { command: 'build', mode: 'production' } as const
  const loaded = await vite.loadConfigFromFile(env, join(root, 'vite.config.ts'), root, 'error')
  const config: Vite.UserConfig = vite.mergeConfig(loaded?.config ?? {}, {
    root,
    mode: 'production',
    build: { outDir, emptyOutDir: true },
  })
  return {
    ...config,
    configFile: false,
    logLevel: 'error',
    build: { ...config.build, rolldownOptions: onlyTheApp(config) },
  }
}

/** Other pages of the package, such as the gallery of its parts, are for those who work on it. */
function onlyTheApp({
  root = '',
  build,
}: Vite.UserConfig): NonNullable<NonNullable<Vite.UserConfig['build']>['rolldownOptions']> {
  return { ...build?.rolldownOptions, input: { index: join(root, 'index.html') } }
}

/** One file with everything in it: a service worker may not be a module everywhere. */
function serviceWorkerConfig(outDir: string): Vite.InlineConfig {
  return {
    root: appFolder,
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    build: {
      target: 'es2024',
      outDir,
      emptyOutDir: false,
      modulePreload: false,
      reportCompressedSize: false,
      rolldownOptions: {
        input: { 'service-worker': join(appFolder, 'src/service-worker/main.ts') },
        output: { format: 'iife', entryFileNames: serviceWorkerPath.slice(1) },
      },
    },
  }
}

function packageVersion(root: string): string {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version?: unknown }
  return typeof version === 'string' ? version : '0.0.0'
}

/** The old build is there until the new one is. */
async function replaceFolder(fresh: string, outDir: string): Promise<void> {
  const old = `${outDir}.old-${process.pid}`
  await mkdir(join(outDir, '..'), { recursive: true })
  await rename(outDir, old).catch(ignoreMissing)
  await rename(fresh, outDir)
  await rm(old, { recursive: true, force: true })
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}
