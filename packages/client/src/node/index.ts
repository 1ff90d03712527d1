export { openEncrypted } from './database/open-encrypted.ts'
