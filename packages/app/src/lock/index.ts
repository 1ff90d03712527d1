export { LockScreen } from './lock-screen.tsx'
export { AutoLock } from './auto-lock.tsx'
export { NewPassphrase } from './new-passphrase.tsx'
export { faultOfNewPassphrase, type PassphraseFault } from './passphrase-rules.ts'
