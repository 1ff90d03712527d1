import { build } from 'vite'
import { onlyWasmBackend, wasmBackendAlias } from './wasm-backend.ts'

/** A bundle in memory: its files by their paths on the server, `/worker.js` first among them. */
export type Bundle = ReadonlyMap<string, string | Uint8Array>

/** Bundles one worker as a browser's bundler does, with everything it imports. */
export async function bundleWorker(root: string, entry: string): Promise<Bundle> {
  const result = await build({
    configFile: false,
    root,
    logLevel: 'error',
    plugins: [onlyWasmBackend],
    resolve: { alias: wasmBackendAlias },
    build: {
      write: false,
      target: 'esnext',
      minify: false,
      modulePreload: false,
      rolldownOptions: { input: { worker: entry }, output: { format: 'es', entryFileNames: '[name].js' } },
    },
  })
  const files = new Map<string, string | Uint8Array>()
  for (const each of Array.isArray(result) ? result : [result]) {
    if (!('output' in each)) continue
    for (const file of each.output) files.set(`/${file.fileName}`, file.type === 'chunk' ? file.code : file.source)
  }
  if (!files.has('/worker.js')) throw new Error('the bundle has no worker.js')
  return files
}
