import { useEffect, useSyncExternalStore } from 'react'
import { usePreferences } from './preferences-store.ts'

const dark = matchMedia('(prefers-color-scheme: dark)')
const subscribeDark = (listener: () => void): (() => void) => {
  dark.addEventListener('change', listener)
  return () => dark.removeEventListener('change', listener)
}

/** The theme that is shown now, with what the device says where nothing else was chosen. */
export function useShownTheme(): 'light' | 'dark' | 'black' {
  const { theme } = usePreferences()
  const isDark = useSyncExternalStore(subscribeDark, () => dark.matches)
  if (theme !== 'system') return theme
  return isDark ? 'dark' : 'light'
}

/** Hands the preferences that concern looks to the style sheets. */
export function useAppearance(): void {
  const { accent, contrast, motion, zoom } = usePreferences()
  const theme = useShownTheme()
  useEffect(() => {
    const { dataset, style } = document.documentElement
    dataset['theme'] = theme
    dataset['accent'] = accent
    dataset['contrast'] = contrast
    dataset['motion'] = motion
    style.setProperty('--zoom', String(zoom / 100))
    const ground = getComputedStyle(document.documentElement).getPropertyValue('--ground')
    document.querySelector('meta[name="theme-color"]')?.setAttribute('content', ground)
  }, [theme, accent, contrast, motion, zoom])
}
