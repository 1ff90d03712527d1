import type { ReactElement } from 'react'
import { Label, Slider as AriaSlider, SliderThumb, SliderTrack } from 'react-aria-components/Slider'
import styles from './slider.module.css'

/** A number between two bounds. */
export interface SliderProps {
  readonly label: string
  readonly value: number
  readonly onChange: (value: number) => void
  readonly min: number
  readonly max: number
  readonly step?: number
  /** What stands at the end of the label's line, as `110 %`; also read out. */
  readonly valueText?: string
  readonly labelHidden?: boolean
  readonly isDisabled?: boolean
}

/** For what one finds by trying; for an exact number use a field. */
export function Slider(props: SliderProps): ReactElement {
  const { label, value, onChange, min, max, step = 1, valueText, labelHidden = false, isDisabled = false } = props
  return (
    <AriaSlider
      className={styles['slider'] ?? ''}
      value={value}
      onChange={onChange}
      minValue={min}
      maxValue={max}
      step={step}
      isDisabled={isDisabled}
      {...(labelHidden ? { 'aria-label': label } : {})}
    >
      {!labelHidden && <Label className={styles['label']}>{label}</Label>}
      {valueText !== undefined && <span className={styles['value']}>{valueText}</span>}
      <SliderTrack className={styles['track'] ?? ''}>
        {({ state }) => (
          <>
            <div className={styles['rail']} />
            <div className={styles['fill']} style={{ inlineSize: `${state.getThumbPercent(0) * 100}%` }} />
            <SliderThumb className={styles['thumb'] ?? ''} {...(labelHidden ? { 'aria-label': label } : {})} />
          </>
        )}
      </SliderTrack>
    </AriaSlider>
  )
}
