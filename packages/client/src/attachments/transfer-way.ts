import { type FileServerCall } from './ask-file-server.ts'

/** How a file goes or comes. */
export interface TransferWay extends Pick<FileServerCall, 'session' | 'signal'> {
  /** Told how many bytes of how many have gone or come, where that is known. */
  readonly onProgress: (doneBytes: number, totalBytes: number) => void
}
