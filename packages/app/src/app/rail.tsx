import { Moon, Sun } from 'lucide-react'
import { type ReactNode } from 'react'
import { AccountButton } from '../accounts/index.ts'
import { useLayout } from '../navigation/index.ts'
import { PathLight } from '../path/index.ts'
import { changePreferences, useShownTheme } from '../preferences/index.ts'
import { useText } from '../texts/index.ts'
import { IconButton } from '../ui/index.ts'
import styles from './rail.module.css'

/** The narrow column at the edge: who one is, how one is connected, light or dark. On phones it lies below the list. */
export function Rail(): ReactNode {
  const text = useText()
  const layout = useLayout()
  const theme = useShownTheme()
  const isDark = theme !== 'light'
  return (
    <nav className={styles['rail']} data-layout={layout} aria-label={text('app.rail')}>
      <AccountButton />
      <div className={styles['space']} />
      <PathLight />
      <IconButton
        icon={isDark ? Sun : Moon}
        label={isDark ? text('app.rail.theme.light') : text('app.rail.theme.dark')}
        onPress={() => changePreferences({ theme: isDark ? 'light' : 'dark' })}
      />
    </nav>
  )
}
