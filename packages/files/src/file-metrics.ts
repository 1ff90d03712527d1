import { type CounterCell, type Metrics } from '@sotto/server'

const uploads = ['kept', 'refused', 'no-room', 'failed'] as const
const downloads = ['sent', 'missing', 'failed'] as const

/** What became of an upload. */
export type UploadOutcome = (typeof uploads)[number]

/** What became of a download; one that was begun counts as sent. */
type DownloadOutcome = (typeof downloads)[number]

/** What a file server counts. No label says anything about a file or a client. */
export interface FileMetrics {
  readonly upload: (outcome: UploadOutcome) => void
  readonly download: (outcome: DownloadOutcome) => void
  readonly limited: CounterCell
  readonly expired: CounterCell
}

/** Registers them. What `read` gives is asked for whenever somebody looks. */
export function fileMetrics(
  metrics: Metrics,
  read: { readonly bytes: () => number; readonly uploads: () => number; readonly inMemory: () => number },
): FileMetrics {
  metrics.gauge('sotto_files_bytes', 'Bytes of the files that are kept', read.bytes)
  metrics.gauge('sotto_files_uploads', 'Files that are coming', read.uploads)
  metrics.gauge('sotto_files_in_memory', 'Requests that are worked on in memory', read.inMemory)
  const put = metrics.counter('sotto_files_uploads_total', 'Uploads by what became of them', { outcome: uploads })
  const get = metrics.counter('sotto_files_downloads_total', 'Downloads by what became of them', { outcome: downloads })
  return {
    upload: outcome => put.add(1, { outcome }),
    download: outcome => get.add(1, { outcome }),
    limited: metrics.counter('sotto_files_limited_total', 'Requests of clients that asked too much').of(),
    expired: metrics.counter('sotto_files_expired_total', 'Files that were removed when their time was over').of(),
  }
}
