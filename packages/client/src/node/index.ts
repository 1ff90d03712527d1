export { openEncrypted } from './database/open-encrypted.ts'
export { FolderAccountFiles } from './files/folder-account-files.ts'
export { systemClock } from './system/system-clock.ts'
export { systemRandom } from './system/system-random.ts'
