import { S3Storage, type S3Options } from '@sotto/files'
import { SecretText } from '@sotto/server'
import { S3StandIn } from './s3-stand-in.ts'

/** A bucket that goes away with the test, and the way to it. */
export async function startS3(
  changes: Partial<S3Options> = {},
): Promise<{ readonly storage: S3Storage; readonly standIn: S3StandIn }> {
  const bucket = 'sotto-files'
  const standIn = new S3StandIn(bucket, { accessKey: 'sotto', secretKey: 'a secret' })
  const storage = new S3Storage({
    endpoint: await standIn.start(),
    bucket,
    region: 'eu-central-1',
    prefix: 'files/',
    accessKey: 'sotto',
    secretKey: new SecretText('a secret'),
    timeoutMs: 30_000,
    ...changes,
  })
  return { storage, standIn }
}
