export { ExpiryPage } from './expiry-page.tsx'
export { expiryText } from './expiry-text.ts'
