export { draw, encode, encodePreview, type Encoding, type Preview } from './drawing.ts'
export { type Crop, cropPart, fitInside, insideCrop, maxZoom, wholeCrop } from './fit.ts'
