export { buildInfo, type BuildInfo } from './build-info.ts'
export { startUpdates } from './start-updates.ts'
export { UpdateNotice } from './update-notice.tsx'
