import { type Clock, type Route, type Routes, type ServerReply, type ServerRequest } from '@sotto/server'
import { FileError } from '../file-error.ts'
import { type FileMetrics, type UploadOutcome } from '../file-metrics.ts'
import { type FileLimits } from '../limits.ts'
import { type FileStore } from '../store/file-store.ts'
import { type ClientGate, type RequestKind } from './client-gate.ts'
import { downloadInPieces, downloadWhole, extendFile, fileInfo } from './file-paths.ts'
import { type InMemoryGate } from './in-memory-gate.ts'
import { downloadLegacy, maxLegacyBody, uploadLegacy } from './legacy-files.ts'
import { statusReply } from './replies.ts'
import { type Upload } from './upload.ts'
import { sessionVersion } from './version-check.ts'

/** What the routes are made of. */
export interface FileRouteParts {
  readonly store: FileStore
  readonly upload: Upload
  readonly gate: InMemoryGate
  readonly clients: ClientGate
  readonly metrics: FileMetrics
  readonly limits: FileLimits
  readonly clock: Pick<Clock, 'now'>
}

/** How requests come: piece by piece over HTTP, or as a whole inside an onion, where the gate is around all of it. */
export type RequestForm = 'direct' | 'onion'

type Handle = (request: ServerRequest) => ServerReply | Promise<ServerReply>

const tooLarge = statusReply(413)
const busy = statusReply(503)

/** Everything that has a fixed path. Spec 40 §8. */
export function fileRoutes(parts: FileRouteParts, form: RequestForm): Routes {
  const { upload, gate, limits, metrics, store, clock } = parts
  const { maxFileBytes } = limits.keeping
  const put: Route = {
    maxBodyBytes: maxFileBytes,
    tooLarge,
    ...(form === 'direct' ? { piecewise: { idleMs: limits.work.idleMs } } : {}),
    handle: limited(parts, 'put', async request => countUpload(metrics, upload.handle(request))),
  }
  const legacy: Route = {
    maxBodyBytes: maxLegacyBody,
    tooLarge,
    handle: limited(parts, 'put', async request => countUpload(metrics, uploadLegacy({ store, limits }, request))),
  }
  const version = withoutBody(limited(parts, 'get', request => sessionVersion(clock, request)))
  return new Map([
    ['POST /file', put],
    ['POST /files', form === 'direct' ? gate.guard(legacy, busy) : legacy],
    ['GET /session_version', version],
  ])
}

/** Paths with the id of a file, and all that are nothing. Spec 40 §8.3. */
export function filePaths(parts: FileRouteParts, form: RequestForm): Route {
  const { store, limits, metrics, gate } = parts
  const files = { store, limits: limits.keeping }
  const download = form === 'direct' ? downloadInPieces : downloadWhole
  const legacy = withoutBody(async request => {
    const [, id = ''] = legacyPath.exec(request.path) ?? []
    return countDownload(metrics, downloadLegacy({ store, limits }, id))
  })
  const legacyRoute = form === 'direct' ? gate.guard(legacy, busy) : legacy
  const answer = async (request: ServerRequest): Promise<ServerReply> => {
    const { method, path } = request
    if (method === 'GET' && legacyPath.test(path)) return legacyRoute.handle(request)
    const [, id = '', what = ''] = filePath.exec(path) ?? []
    switch (`${method} ${what}`) {
      case 'GET ':
        return countDownload(metrics, download(files, id))
      case 'GET /info':
        return fileInfo(files, id)
      case 'POST /extend':
        return extendFile(files, id, request)
      default:
        throw new FileError('files.not-found')
    }
  }
  return withoutBody(limited(parts, 'get', answer))
}

const filePath = /^\/file\/([A-Za-z0-9_-]{1,64})(\/[a-z]+)?$/
const legacyPath = /^\/files\/([0-9]{1,16})$/

/** Looks at no body, whatever comes with a request. */
function withoutBody(handle: Handle): Route {
  return { maxBodyBytes: 10_485_760, ignoresBody: true, tooLarge, handle }
}

function limited({ clients, metrics }: FileRouteParts, kind: RequestKind, handle: Handle): Handle {
  return request => {
    if (clients.take(request, kind)) return handle(request)
    metrics.limited.add()
    return statusReply(429)
  }
}

async function countUpload(metrics: FileMetrics, reply: Promise<ServerReply>): Promise<ServerReply> {
  try {
    const kept = await reply
    metrics.upload('kept')
    return kept
  } catch (error) {
    metrics.upload(uploadOutcomeOf(error))
    throw error
  }
}

function uploadOutcomeOf(error: unknown): UploadOutcome {
  if (!(error instanceof FileError)) return 'failed'
  if (error.status === 507) return 'no-room'
  return error.status >= 500 ? 'failed' : 'refused'
}

async function countDownload(metrics: FileMetrics, reply: Promise<ServerReply>): Promise<ServerReply> {
  try {
    const sent = await reply
    metrics.download('sent')
    return sent
  } catch (error) {
    metrics.download(error instanceof FileError && error.status === 404 ? 'missing' : 'failed')
    throw error
  }
}
