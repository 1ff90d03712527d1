import { fileURLToPath } from 'node:url'

/** The folder of this package. */
export const appFolder = fileURLToPath(new URL('..', import.meta.url))
/** The folder of the repository. */
export const projectFolder = fileURLToPath(new URL('../../..', import.meta.url))
/** Where the app is built when nobody says otherwise. */
export const usualOutDir = fileURLToPath(new URL('../dist', import.meta.url))
