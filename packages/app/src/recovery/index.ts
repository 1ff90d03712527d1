export { useHiddenPhrase } from './hidden-phrases.ts'
export { PhraseReveal } from './phrase-reveal.tsx'
export { RecoveryBanner } from './recovery-banner.tsx'
export { RecoveryPage } from './recovery-page.tsx'
