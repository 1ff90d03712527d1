export { AccountButton } from './account-button.tsx'
export { AccountRow } from './account-row.tsx'
export { AccountSwitcher } from './account-switcher.tsx'
export { useAccountLabel } from './use-account-label.ts'
