import { isList, isObject, member, type Json, type JsonObject } from './json.ts'
import { hexOf } from './text-bytes.ts'

/**
 * What a runner may compare with a member: JSON, and three more kinds. Bytes are compared as lower-case hex; a
 * `bigint` with a number or its decimal text; `undefined` with null or with a member that is not there.
 */
export type Comparable =
  | null
  | undefined
  | boolean
  | number
  | string
  | bigint
  | Uint8Array
  | readonly Comparable[]
  | { readonly [key: string]: Comparable }

/** One sentence per place where `got` is not what the file says; none if they agree. */
export function differences(want: Json | undefined, got: Comparable, path: string): string[] {
  if (got instanceof Uint8Array) return differences(want, hexOf(got), path)
  if (want === undefined || want === null) return got === undefined || got === want ? [] : [differ(path, want, got)]
  if (typeof got === 'bigint') return isSameNumber(want, got) ? [] : [differ(path, want, got)]
  if (isList(want) && Array.isArray(got)) return listDifferences(want, got as readonly Comparable[], path)
  if (isObject(want) && isRecord(got)) return objectDifferences(want, got, path)
  return want === got ? [] : [differ(path, want, got)]
}

/** Files write large numbers as texts. */
function isSameNumber(want: Json, got: bigint): boolean {
  return (typeof want === 'number' || typeof want === 'string') && String(want) === String(got)
}

function listDifferences(want: readonly Json[], got: readonly Comparable[], path: string): string[] {
  const length = want.length === got.length ? [] : [`${path}: expected ${want.length} entries, got ${got.length}`]
  const shorter = Math.min(want.length, got.length)
  return [...length, ...want.slice(0, shorter).flatMap((value, at) => differences(value, got[at], `${path}[${at}]`))]
}

function objectDifferences(want: JsonObject, got: Readonly<Record<string, Comparable>>, path: string): string[] {
  const names = new Set([...Object.keys(want), ...Object.keys(got)])
  return [...names].flatMap(name =>
    differences(member(want, name), Object.hasOwn(got, name) ? got[name] : undefined, `${path}.${name}`),
  )
}

function isRecord(value: Comparable): value is Readonly<Record<string, Comparable>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
}

function differ(path: string, want: Json | undefined, got: Comparable): string {
  if (typeof want === 'string' && typeof got === 'string') return differentTexts(path, want, got)
  return `${path}: expected ${show(want)}, got ${show(got)}`
}

/** Long texts are shown around the place where they part, with their lengths. */
function differentTexts(path: string, want: string, got: string): string {
  let at = 0
  while (at < want.length && want[at] === got[at]) at++
  const where =
    Math.max(want.length, got.length) > 72 ? ` (lengths ${want.length} and ${got.length}, apart from ${at})` : ''
  return `${path}: expected ${excerpt(want, at)}, got ${excerpt(got, at)}${where}`
}

function excerpt(text: string, at: number): string {
  if (text.length <= 72) return JSON.stringify(text)
  const from = Math.max(0, at - 8)
  const to = Math.min(text.length, from + 56)
  return `${from > 0 ? '…' : ''}${JSON.stringify(text.slice(from, to))}${to < text.length ? '…' : ''}`
}

function show(value: Comparable): string {
  if (value === undefined) return 'nothing'
  const text = JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? `${inner}n` : inner))
  return text.length <= 72 ? text : `${text.slice(0, 72)}…`
}
