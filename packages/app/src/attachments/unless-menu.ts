/** A press that opened a menu, because it was long, does nothing else. */
export function unlessMenu(act: () => void): () => void {
  return () => {
    if (document.querySelector('[role=menu]') === null) act()
  }
}
