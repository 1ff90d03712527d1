import { File, FileArchive, FileAudio, FileImage, FileText, FileVideo, type LucideIcon, Mic } from 'lucide-react'
import { type AttachmentView } from '@sotto/client'

/** By what the file was found to be, never by what it is called. */
export function documentIcon({ contentType, kind }: Pick<AttachmentView, 'contentType' | 'kind'>): LucideIcon {
  switch (kind) {
    case 'voice':
      return Mic
    case 'audio':
      return FileAudio
    case 'image':
      return FileImage
    case 'video':
      return FileVideo
    case 'file':
      if (contentType === 'application/pdf') return FileText
      return contentType === 'application/zip' ? FileArchive : File
  }
}
