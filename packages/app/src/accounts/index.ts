export { AccountButton } from './account-button.tsx'
export { AccountSwitcher } from './account-switcher.tsx'
