export { type FilePurpose } from './deterministic-key.ts'
export { deterministicBlobSize, deterministicPadding } from './deterministic-size.ts'
export { AttachmentError, type AttachmentErrorCode } from './attachment-error.ts'
export {
  contentFileId,
  createFileIdHasher,
  type FileId,
  type FileIdHasher,
  isContentFileId,
  parseFileId,
  pointerFileId,
  quicFileId,
} from './file-id.ts'
export {
  downloadRequest,
  extendRequest,
  FILE_TTL_HEADER,
  type FileInfo,
  fileInfoRequest,
  type FileRequest,
  parseFileInfo,
  parseUploadReply,
  type UploadedFile,
  uploadRequest,
} from './file-requests.ts'
export { FileServerError, type FileServerErrorCode } from './file-server-error.ts'
export {
  DEFAULT_FILE_TTL_MS,
  defaultFileServer,
  FILE_LIFETIME_MS,
  type FileServer,
  fileServerOnionKey,
  parseFileServer,
  testFileServer,
} from './file-server.ts'
export { type FileUrl, formatFileUrl, parseFileUrl } from './file-url.ts'
export {
  type ChunkDigest,
  openLargeChunkInPlace,
  type SealedChunk,
  sealedChunkBytes,
  sealLargeChunk,
} from './large-chunk.ts'
export {
  LARGE_CHUNK_BYTES,
  largeChunkBytes,
  largeChunkCount,
  type LargeFile,
  MAX_LARGE_FILE_BYTES,
} from './large-file.ts'
export {
  type ChunkPlace,
  decodeLargeManifest,
  encodeLargeManifest,
  LARGE_MANIFEST_VERSION,
  type LargeManifest,
  MAX_LARGE_MANIFEST_BYTES,
} from './large-manifest.ts'
export { createLegacyAttachmentKey, LegacyAttachmentKey } from './legacy-key.ts'
export { legacyPaddedSize } from './legacy-padding.ts'
export { openLegacyPicture, sealLegacyPicture } from './legacy-picture.ts'
export { type BlobLimit, MAX_ATTACHMENT_BYTES, MAX_BLOB_BYTES, MAX_DETERMINISTIC_BYTES } from './limits.ts'
export { openDeterministicFile, openDeterministicSource } from './open-deterministic.ts'
export { type LegacyAttachmentPointer, openLegacyAttachment, openLegacyAttachmentSource } from './open-legacy.ts'
export {
  sealDeterministicFile,
  sealDeterministicSource,
  type SealedDeterministicFile,
  type SealedDeterministicSource,
} from './seal-deterministic.ts'
export {
  type LegacySealOptions,
  sealLegacyAttachment,
  sealLegacyAttachmentSource,
  type SealedLegacyAttachment,
  type SealedLegacySource,
} from './seal-legacy.ts'
export { type AttachmentSource, memorySource } from './source.ts'
