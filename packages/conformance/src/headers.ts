/**
 * Members that only describe. They are nobody's input and are never compared.
 *
 * At the top of a file these are headers, and so is every member that is neither a list nor an object, because a
 * number or a text alone cannot be a case: `accounts.json` says `what`, `config.json` `format` and `note`,
 * `network.json` `about`, `servers.json` and `libsession.json` `meta`.
 */
export const fileHeaders: ReadonlySet<string> = new Set(['meta', 'about', 'what', 'format', 'note', 'origin', 'source'])

/** In a case, and beside the shared members of a group: what it shows, where its values come from, remarks. */
export const caseHeaders: ReadonlySet<string> = new Set(['what', 'note', 'origin', 'source'])

/** Inside the members of a case, where `note` or `source` can be data, only `what` describes. */
export const innerHeaders: ReadonlySet<string> = new Set(['what'])
