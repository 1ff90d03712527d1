export { AccountButton } from './account-button.tsx'
export { AccountRow } from './account-row.tsx'
export { NameField, useNameDraft } from './name-field.tsx'
export { useAccountLabel } from './use-account-label.ts'
