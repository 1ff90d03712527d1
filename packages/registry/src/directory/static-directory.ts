import { replacesRegistry } from '../file/succession.ts'
import { type VerifiedRegistry } from '../file/verify-registry.ts'
import { ListDirectory } from './list-directory.ts'

/** The directory over a verified static list. Spec 60 §14. */
export class StaticDirectory extends ListDirectory {
  #registry: VerifiedRegistry

  constructor(registry: VerifiedRegistry) {
    super(registry.list, 'static')
    this.#registry = registry
  }

  /** The list in use with all that was signed. */
  get registry(): VerifiedRegistry {
    return this.#registry
  }

  /**
   * Takes a newer list. Returns whether anything changed: the list in use may be given again.
   * @throws {RegistryError} `registry.other-network`, `registry.not-newer`; then the old list stays
   */
  replace(next: VerifiedRegistry): boolean {
    if (!replacesRegistry(this.#registry, next)) return false
    this.#registry = next
    this.set(next.list)
    return true
  }
}
