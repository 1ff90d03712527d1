import { fileURLToPath } from 'node:url'

/** Resolves protocol's inner import as a browser does, also where the tool that bundles runs in Node. */
export const wasmBackendAlias: Readonly<Record<string, string>> = {
  '#backend': fileURLToPath(new URL('../../packages/protocol/src/crypto/backend/wasm.ts', import.meta.url)),
}

/** A plugin of vite that stops a run which would test the native backend under the name of the other one. */
export const onlyWasmBackend = {
  name: 'only-the-wasm-backend',
  load(id: string): void {
    if (id.endsWith('/crypto/backend/node.ts')) throw new Error('the native backend was loaded where it must not be')
  },
}
