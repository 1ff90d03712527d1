// oxlint-disable-next-line typescript/triple-slash-reference -- packages that import this one need these types as well
/// <reference path="./wa-sqlite.d.ts" />
import load, { type SqliteModule } from '@journeyapps/wa-sqlite/dist/mc-wa-sqlite.mjs'
import { FacadeVFS, type WasmBytes, type WasmNumber } from '@journeyapps/wa-sqlite/src/FacadeVFS.js'

/** The engine itself, imported nowhere else. */
export { FacadeVFS, load }
export type { SqliteModule, WasmBytes, WasmNumber }
