export { systemClock, type Clock } from './clock/clock.ts'
export { ConfigError, type ConfigErrorCode } from './config/config-error.ts'
export { formatHelp } from './config/format-help.ts'
export { readConfig, type Config, type ConfigSources, type Schema, type ValuesOf } from './config/read-config.ts'
export { SecretText } from './config/secret-text.ts'
export {
  BadValue,
  choiceSetting,
  flagSetting,
  integerSetting,
  secretSetting,
  textSetting,
  type Setting,
} from './config/setting.ts'
export { Database, type StatementOptions } from './database/database.ts'
export { DatabaseError, type DatabaseErrorCode } from './database/database-error.ts'
export type { Migration } from './database/migrate.ts'
export { openDatabase, type OpenOptions } from './database/open-database.ts'
export { Statement, type SqlParams, type SqlValue } from './database/statement.ts'
export { Health, healthRoute } from './health/health.ts'
export { createKeyFile, loadKeyFile, loadOrCreateKeyFile } from './key-file/key-file.ts'
export { KeyFileError, type KeyFileErrorCode } from './key-file/key-file-error.ts'
export { defaultRateLimits, RateLimiter, type RateLimits } from './limits/rate-limiter.ts'
export { BodyError, type BodyErrorCode } from './listener/body-error.ts'
export { errorStatuses, type ErrorReply } from './listener/error-reply.ts'
export { defaultListenerLimits, type ListenerLimits } from './listener/limits.ts'
export { Listener, type ListenerOptions } from './listener/listener.ts'
export { ListenerError, type ListenerErrorCode } from './listener/listener-error.ts'
export type { ListenerEvents } from './listener/listener-events.ts'
export { RemoteAddress } from './listener/remote-address.ts'
export { jsonReply, notFoundRoute, textReply } from './listener/reply.ts'
export type {
  PiecewiseBody,
  ReplyPieces,
  RequestHeaders,
  Route,
  Routes,
  ServerReply,
  ServerRequest,
} from './listener/route.ts'
export { RouteTable, type RouteTableOptions } from './listener/route-table.ts'
export type { TakeUpgrade, Upgrade } from './listener/upgrade.ts'
export { UnhandledErrors, type RequestWay, type UnhandledErrorEvents } from './listener/unhandled-errors.ts'
export { Log } from './log/log.ts'
export { logLevels, LogOutput, type LogFormat, type LogLevel, type LogOptions } from './log/log-output.ts'
export type { ClosedEvents, ClosedWord, NoFields } from './log/words.ts'
export { Counter, CounterCell, Histogram } from './metrics/instruments.ts'
export { Metrics } from './metrics/metrics.ts'
export { metricsRoute } from './metrics/metrics-route.ts'
export { v3OnionRoute, v4OnionRoute, type OnionEndpointOptions } from './onion/server-onion-endpoint.ts'
export type { LegacyEndpoint } from './onion/v3-endpoint.ts'
export {
  runUntilSignal,
  type ProcessEvents,
  type ProcessPort,
  type RunOptions,
  type Startable,
} from './process/run-until-signal.ts'
export { systemRandom } from './random/system-random.ts'
export { CertificateError, type CertificateErrorCode } from './tls/certificate-error.ts'
export { parseCertificate, PrivateKeyPem, type Certificate } from './tls/certificate.ts'
export { createCertificate } from './tls/create-certificate.ts'
export { loadOrCreateCertificate } from './tls/load-certificate.ts'
export { DatabaseWriter, type WriterOptions } from './writer/database-writer.ts'
export type { Operation, OperationModule, Operations, WriteValue } from './writer/operations.ts'
export { WriterThread } from './writer/writer-thread.ts'
