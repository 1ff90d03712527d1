import { useEffect, useRef } from 'react'
import { type Combo } from './combo.ts'
import { type Scope, ShortcutRegistry } from './shortcut-registry.ts'

const registry = new ShortcutRegistry()
const apple = /mac|iphone|ipad/i

/** Whether Command takes the place of Ctrl. */
export function isAppleKeyboard(): boolean {
  const { userAgentData } = navigator as { readonly userAgentData?: { readonly platform?: string } }
  return apple.test(userAgentData?.platform ?? navigator.userAgent)
}

/**
 * Listens for a combination of keys while the component is shown. Where its scope is open, nothing else hears of it. The scope
 * `message` is inside of an element with `data-shortcuts="message"`, `details` inside of the right pane.
 */
export function useShortcut(scope: Scope, combo: Combo, handler: () => void): void {
  const latest = useRef(handler)
  useEffect(() => {
    latest.current = handler
  })
  useEffect(() => registry.add({ scope, combo, run: () => latest.current() }), [scope, combo])
}

/** One for the page: hands keys on to whoever listens for them. */
export function useShortcutKeys(): void {
  useEffect(() => {
    const isApple = isAppleKeyboard()
    const look = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return
      const found = registry.find(event, scopesAt(event.target), isApple)
      if (found === undefined) return
      event.preventDefault()
      found.run()
    }
    addEventListener('keydown', look)
    return () => removeEventListener('keydown', look)
  }, [])
}

function scopesAt(target: EventTarget | null): readonly Scope[] {
  if (document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]') !== null) return ['global']
  const element = target instanceof Element ? target : undefined
  const isIn = (selector: string): boolean => element !== undefined && element.closest(selector) !== null
  return [
    'global',
    'main',
    ...(isIn('aside') ? (['details'] as const) : []),
    ...(isIn('[data-shortcuts="message"]') ? (['message'] as const) : []),
  ]
}
