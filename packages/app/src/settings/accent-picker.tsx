import { type ReactNode } from 'react'
import { Label, Radio, RadioGroup } from 'react-aria-components/RadioGroup'
import { accents, changePreferences, usePreferences } from '../preferences/index.ts'
import { useText } from '../texts/index.ts'
import styles from './appearance.module.css'

/** The one colour besides the neutral ones. */
export function AccentPicker(): ReactNode {
  const text = useText()
  const { accent } = usePreferences()
  const choose = (value: string): void => {
    const next = accents.find(each => each === value)
    if (next !== undefined) changePreferences({ accent: next })
  }
  return (
    <RadioGroup className={styles['accents'] ?? ''} value={accent} orientation="horizontal" onChange={choose}>
      <Label className={styles['label']}>{text('settings.accent')}</Label>
      <div className={styles['swatches']}>
        {accents.map(each => (
          <Radio key={each} value={each} className={styles['swatch'] ?? ''} data-accent={each}>
            <span className={styles['colour']} aria-hidden />
            <span className={styles['name']}>{text(`settings.accent.${each}`)}</span>
          </Radio>
        ))}
      </div>
    </RadioGroup>
  )
}
