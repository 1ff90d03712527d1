import { RegistryError } from '../registry-error.ts'
import { type ServiceNodeList } from '../service-node-list.ts'
import { ListDirectory } from './list-directory.ts'

/** The directory over lists on which several seeds or nodes of the existing network agree. Spec 60 §13. */
export class MajorityDirectory extends ListDirectory {
  constructor(list: ServiceNodeList) {
    super(list, 'majority')
  }

  /**
   * Takes a list of the same height or a greater one.
   * @throws {RegistryError} `registry.not-newer`; then the old list stays
   */
  replace(list: ServiceNodeList): void {
    if (list.number < this.list().number) throw new RegistryError('registry.not-newer')
    this.set(list)
  }
}
