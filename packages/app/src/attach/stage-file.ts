// Not needed to read and to write: loaded with the first file.
export { stageFile } from '@sotto/client'
