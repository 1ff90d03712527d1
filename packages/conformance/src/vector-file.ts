import { isList, isObject, member, type Json, type JsonObject } from './json.ts'

/** A whole file, for runners whose cases refer to others. What is read here counts as nobody's use. */
export class VectorFile {
  readonly members: JsonObject

  constructor(members: JsonObject) {
    this.members = members
  }

  /** A group as it stands in the file. */
  group(name: string): Json | undefined {
    return member(this.members, name)
  }

  /** The vector of that id, in a file of vectors with ids. */
  vector(id: string): JsonObject | undefined {
    const vectors = member(this.members, 'vectors')
    if (!isList(vectors)) return undefined
    return vectors.filter(isObject).find(vector => member(vector, 'id') === id)
  }
}
