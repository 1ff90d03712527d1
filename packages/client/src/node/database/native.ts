// oxlint-disable-next-line typescript/triple-slash-reference -- packages that import this one need these types as well
/// <reference path="./better-sqlite3-multiple-ciphers.d.ts" />
import NativeDatabase from 'better-sqlite3-multiple-ciphers'

/** The native engine itself, imported nowhere else. */
export { NativeDatabase }
export type { Statement as NativeStatementHandle } from 'better-sqlite3-multiple-ciphers'
