/** What `JSON.parse` returns. Members are looked up with {@link member}, never by plain indexing. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject

/** An object of a vector file. Its keys come from outside. */
export interface JsonObject {
  readonly [key: string]: Json
}

/** Whether a value is an object, as opposed to a list, a scalar or null. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether a value is a list. `Array.isArray` alone does not narrow a read-only array. */
export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}

/** A member that the object itself holds; `undefined` for one that it would only inherit, such as `constructor`. */
export function member(object: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined
}

/** Whether a value is the mark `{"error": true}`: the call must throw. */
export function isErrorMark(value: Json | undefined): boolean {
  return isObject(value) && member(value, 'error') === true && Object.keys(value).length === 1
}
