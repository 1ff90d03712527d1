export { IdCard } from './id-card.tsx'
