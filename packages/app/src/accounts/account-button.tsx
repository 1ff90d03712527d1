import { type ReactNode } from 'react'

export function AccountButton(): ReactNode {
  return null
}
