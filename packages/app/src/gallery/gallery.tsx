import type { ReactElement } from 'react'
import { useAppearance } from '../preferences/index.ts'
import { Wordmark } from '../ui/index.ts'
import { Avatars } from './avatars.tsx'
import { Buttons } from './buttons.tsx'
import { Choices } from './choices.tsx'
import { Colours } from './colours.tsx'
import { Controls } from './controls.tsx'
import { Fields } from './fields.tsx'
import { Files } from './files.tsx'
import styles from './gallery.module.css'
import { Lists } from './lists.tsx'
import { Overlays } from './overlays.tsx'
import { Signs } from './signs.tsx'
import { States } from './states.tsx'
import { Voices } from './voices.tsx'

/** Every part of the interface in every state, in the looks that the controls on top choose. For those who build it. */
export function Gallery(): ReactElement {
  useAppearance()
  return (
    <div className={styles['page']}>
      <header className={styles['top']}>
        <h1 className={styles['name']} aria-label="Sotto: parts">
          <Wordmark size={26} />
        </h1>
        <Controls />
      </header>
      <main className={styles['parts']}>
        <Colours />
        <Buttons />
        <Fields />
        <Choices />
        <Overlays />
        <Lists />
        <Avatars />
        <Signs />
        <States />
        <Files />
        <Voices />
      </main>
    </div>
  )
}
