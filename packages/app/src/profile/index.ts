export { IdCard } from './id-card.tsx'
export { OwnPicture } from './own-picture.tsx'
export { PicturesProvider } from './pictures-provider.tsx'
