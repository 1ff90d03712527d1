export { assessLink, type LinkDoubt } from './assess-link.ts'
export { findLinks, type FoundLink } from './find-links.ts'
export { LinkDialog } from './link-dialog.tsx'
