import { type ReactNode } from 'react'
import { SettingsRow, Switch } from '../ui/index.ts'

interface SettingSwitchProps {
  readonly label: string
  readonly description?: ReactNode
  readonly isSelected: boolean
  readonly onChange: (isSelected: boolean) => void
  readonly isDisabled?: boolean
}

/** A setting that is on or off, as a row. */
export function SettingSwitch({ label, description, ...rest }: SettingSwitchProps): ReactNode {
  return (
    <SettingsRow
      label={label}
      {...(description === undefined ? {} : { description })}
      control={<Switch label={label} labelHidden {...rest} />}
    />
  )
}
