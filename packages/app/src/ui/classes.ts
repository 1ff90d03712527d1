/** Joins the class names that are there, for an element whose look depends on its state. */
export function classes(...names: readonly (string | false | undefined)[]): string {
  return names.filter(name => name !== undefined && name !== false && name !== '').join(' ')
}
