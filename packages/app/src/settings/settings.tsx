import { type ReactNode } from 'react'
import { type SettingsPage } from '../navigation/index.ts'

export function Settings(_: { readonly page: SettingsPage | undefined; readonly onClose: () => void }): ReactNode {
  return null
}
