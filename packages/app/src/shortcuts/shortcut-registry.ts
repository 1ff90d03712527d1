import { type Combo, isCombo, type PressedKey } from './combo.ts'

/** Where a shortcut works: everywhere; where no dialog is open; in the right pane; at a focused message. Spec 50 §15. */
export type Scope = 'global' | 'main' | 'details' | 'message'

/** One that somebody listens for. */
export interface Shortcut {
  readonly scope: Scope
  readonly combo: Combo
  readonly run: () => void
}

/** Narrow scopes come first. */
const order: readonly Scope[] = ['message', 'details', 'main', 'global']

/** All shortcuts that work just now. */
export class ShortcutRegistry {
  readonly #shortcuts = new Set<Shortcut>()

  /** Returns what takes it away again. */
  readonly add = (shortcut: Shortcut): (() => void) => {
    this.#shortcuts.add(shortcut)
    return () => this.#shortcuts.delete(shortcut)
  }

  /** The one that these keys mean where the focus is; of several the one that was added last. */
  find(pressed: PressedKey, scopes: readonly Scope[], isApple: boolean): Shortcut | undefined {
    const found = [...this.#shortcuts].filter(
      ({ scope, combo }) => scopes.includes(scope) && isCombo(pressed, combo, isApple),
    )
    for (const scope of order) {
      const last = found.findLast(each => each.scope === scope)
      if (last !== undefined) return last
    }
    return undefined
  }
}
