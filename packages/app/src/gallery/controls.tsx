import type { ReactElement } from 'react'
import { accents, changePreferences, themes, usePreferences, zooms } from '../preferences/index.ts'
import { SegmentedControl, Select, Slider } from '../ui/index.ts'
import styles from './gallery.module.css'

/** Changes the looks of this page, and of the app, which share them. */
export function Controls(): ReactElement {
  const { theme, accent, contrast, language, zoom } = usePreferences()
  return (
    <div className={styles['controls']}>
      <SegmentedControl
        label="Theme"
        options={named(themes)}
        value={theme}
        onChange={next => changePreferences({ theme: next })}
      />
      <Select
        label="Accent"
        labelHidden
        options={named(accents)}
        value={accent}
        onChange={next => changePreferences({ accent: next })}
      />
      <SegmentedControl
        label="Contrast"
        options={[
          { value: 'normal', label: 'Normal' },
          { value: 'more', label: 'More contrast' },
        ]}
        value={contrast}
        onChange={next => changePreferences({ contrast: next })}
      />
      <SegmentedControl
        label="Direction"
        options={[
          { value: 'system', label: 'Left to right' },
          { value: 'ar', label: 'Right to left' },
        ]}
        value={language === 'ar' ? 'ar' : 'system'}
        onChange={next => changePreferences({ language: next })}
      />
      <div className={styles['zoom']}>
        <Slider
          label="Zoom"
          min={zooms[0]}
          max={200}
          step={10}
          value={zoom}
          valueText={`${zoom} %`}
          onChange={next => changePreferences({ zoom: next })}
        />
      </div>
    </div>
  )
}

function named<T extends string>(values: readonly T[]): readonly { readonly value: T; readonly label: string }[] {
  return values.map(value => ({ value, label: value.slice(0, 1).toUpperCase() + value.slice(1) }))
}
