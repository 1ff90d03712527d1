export { LockScreen } from './lock-screen.tsx'
export { AutoLock } from './auto-lock.tsx'
