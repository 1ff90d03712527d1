export { type ImageHeader, type PictureType, readImageHeader } from './image-header.ts'
