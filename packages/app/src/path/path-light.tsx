import { type ReactNode } from 'react'
import { Button } from 'react-aria-components/Button'
import { useNavigation } from '../navigation/index.ts'
import { useText } from '../texts/index.ts'
import { Tooltip } from '../ui/index.ts'
import { type PathLevel } from './path-level.ts'
import { usePathLevel } from './use-path-level.ts'
import styles from './path-light.module.css'

/** Says by colour, shape and name how one is connected, and leads to the picture of it. Spec 50 §11. */
export function PathLight(): ReactNode {
  const text = useText()
  const { showModal } = useNavigation()
  const level = usePathLevel()
  const label = text('path.light', { state: text(`path.state.${level}`) })
  return (
    <Tooltip text={label}>
      <Button className={styles['light'] ?? ''} aria-label={label} onPress={() => showModal({ kind: 'path' })}>
        <svg className={styles[level]} viewBox="0 0 20 20" width="1.25rem" height="1.25rem" aria-hidden>
          <Shape level={level} />
        </svg>
      </Button>
    </Tooltip>
  )
}

/** Full, half, a broken ring, a ring with a bar: told apart without their colours. */
function Shape({ level }: { readonly level: PathLevel }): ReactNode {
  switch (level) {
    case 'good':
      return <circle cx="10" cy="10" r="5.5" fill="currentColor" />
    case 'some':
      return (
        <>
          <circle cx="10" cy="10" r="5.5" className={styles['ring']} />
          <path d="M10 4.5a5.5 5.5 0 0 1 0 11z" fill="currentColor" />
        </>
      )
    case 'building':
    case 'none':
      return <circle cx="10" cy="10" r="5.5" className={styles['ring']} strokeDasharray="3.2 2.56" />
    case 'offline':
    case 'foreign':
      return (
        <>
          <circle cx="10" cy="10" r="5.5" className={styles['ring']} />
          <path d="M6.2 13.8 13.8 6.2" className={styles['ring']} />
        </>
      )
  }
}
