/** One step of the schema. Released ones are never edited: what has to change is a step of its own. */
export interface Migration {
  /** One more than the step before. */
  readonly version: number
  /** Statements separated by `;`. */
  readonly sql: string
}
