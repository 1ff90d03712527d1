export { AttachButton } from './attach-button.tsx'
export { DropZone } from './drop-zone.tsx'
export { type Attaching, useAttaching } from './use-attaching.ts'
export { type FileChoice, useFileChoice } from './use-file-choice.ts'
