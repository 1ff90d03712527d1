export { IdCard, type IdCardProps } from './id-card.tsx'
export { ProfileDialog } from './profile-dialog.tsx'
