/**
 * A parsed JSON value. Objects are maps, so that no key from outside can mean anything to the language. Whole numbers
 * past ±(2^53 - 1) are exact `bigint`s, as 64-bit ids need it (spec 20, trap 1); anything with a fraction or an
 * exponent is a `number`. Spec 70 §6.1.
 */
export type Json = null | boolean | number | bigint | string | readonly Json[] | JsonObject

/** An object; its keys in the order in which they first stood. Spec 70 §6.1. */
export type JsonObject = ReadonlyMap<string, Json>

/** Whether a value is an object. No spec: narrows a type. */
export function isJsonObject(value: Json | undefined): value is JsonObject {
  return value instanceof Map
}

/** Whether a value is a list. `Array.isArray` alone does not narrow a read-only array. No spec: narrows a type. */
export function isJsonList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}
