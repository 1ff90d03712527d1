export { AutoLock } from './auto-lock.tsx'
export { NewPassphrase } from './new-passphrase.tsx'
export { faultOfNewPassphrase, type PassphraseFault } from './passphrase-rules.ts'
export { StepFrame } from './step-frame.tsx'
