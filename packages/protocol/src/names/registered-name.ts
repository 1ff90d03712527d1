import { NameServiceError } from './name-service-error.ts'

declare const registeredName: unique symbol
/** A name that may be registered, in lower case. Spec 10 §8. */
export type RegisteredName = string & { readonly [registeredName]: true }

/** Spec 70 §6.1, F17. Registration may be stricter. */
const MAX_LENGTH = 4096

/**
 * Reads a name typed by a person: one or more of `A-Z a-z 0-9 _ -`, no hyphen first or last. Case is folded after that, so
 * that no letter of another script folds into one of these. Spec 10 §8.
 * @throws {NameServiceError} `names.bad-name`
 */
export function parseRegisteredName(text: string): RegisteredName {
  const fits = text.length <= MAX_LENGTH && /^[A-Za-z0-9_-]+$/.test(text)
  if (!fits || text.startsWith('-') || text.endsWith('-')) {
    throw new NameServiceError('names.bad-name', { length: text.length })
  }
  return text.toLowerCase() as RegisteredName
}
