import { type NetworkState } from '../ports/network-state.ts'
import { type SavedState } from './saved-state.ts'
import { decodeState, encodeState } from './state-codec.ts'

/** Saves the state of the device after changes, never two at a time. That it cannot be saved stops nothing. */
export class StateKeeper {
  readonly #port: NetworkState
  readonly #collect: () => SavedState
  #isDirty = false
  #saving: Promise<void> | undefined

  /** `collect` gives the state as it is then. */
  constructor(port: NetworkState, collect: () => SavedState) {
    this.#port = port
    this.#collect = collect
  }

  /** `undefined` if there is none, or none that can be read. */
  async load(): Promise<SavedState | undefined> {
    try {
      const bytes = await this.#port.load()
      return bytes === undefined ? undefined : decodeState(bytes)
    } catch {
      return undefined
    }
  }

  /** Something has changed. What changes while it is being saved is saved after that. */
  touch(): void {
    this.#isDirty = true
    this.#saving ??= this.#save()
  }

  /** Ends when everything was saved, or cannot be. */
  async settled(): Promise<void> {
    await this.#saving
  }

  async #save(): Promise<void> {
    // Changes come several at a time: let them gather.
    await Promise.resolve()
    while (this.#isDirty) {
      this.#isDirty = false
      try {
        await this.#port.save(encodeState(this.#collect()))
      } catch {
        // The next change tries again; until then this run works with what it knows.
      }
    }
    this.#saving = undefined
  }
}
