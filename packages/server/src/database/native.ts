// oxlint-disable-next-line typescript/triple-slash-reference -- packages that import this one need these types as well
/// <reference path="./better-sqlite3.d.ts" />
import NativeDatabase from 'better-sqlite3'

/** better-sqlite3 itself, imported nowhere else. */
export { NativeDatabase }
export type { Statement as NativeStatement } from 'better-sqlite3'
