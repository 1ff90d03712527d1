import { type Json } from './json.ts'

/** Formats without white space. Bigints are written with all their digits. Spec 20 §3.1. */
export function formatJson(value: Json): string {
  if (value instanceof Map) return formatObject(value)
  if (Array.isArray(value)) return `[${value.map((item: Json) => formatJson(item)).join(',')}]`
  return typeof value === 'bigint' ? String(value) : JSON.stringify(value)
}

function formatObject(object: ReadonlyMap<string, Json>): string {
  const members = Array.from(object, ([key, value]) => `${JSON.stringify(key)}:${formatJson(value)}`)
  return `{${members.join(',')}}`
}
