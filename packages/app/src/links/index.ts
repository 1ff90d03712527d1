export { assessLink } from './assess-link.ts'
export { LinkDialog } from './link-dialog.tsx'
