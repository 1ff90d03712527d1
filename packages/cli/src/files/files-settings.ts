import { choiceSetting, integerSetting, secretSetting, textSetting } from '@sotto/server'
import { logSettings, tlsSettings, watchSettings } from '../server-settings.ts'

/** Settings of `sotto files` besides the limits. */
export const filesSettings = {
  data: textSetting({
    description: 'folder of the key, the database and the files',
    default: undefined,
    expected: 'a folder',
  }),
  host: textSetting({ description: 'address to listen on', default: '0.0.0.0', expected: 'an address' }),
  port: integerSetting({ description: 'port to listen on', default: 22_070, min: 1, max: 65_535 }),
  ...tlsSettings,
  ids: choiceSetting({
    description: 'what ids of files are: made of the content, so that the same bytes are kept once, or numbers',
    default: 'content',
    choices: ['content', 'numeric'],
  }),
  numericFixedBits: integerSetting({
    description: 'how many of the top bits of numbers are always the same',
    default: 0,
    min: 0,
    max: 16,
  }),
  numericPrefix: integerSetting({ description: 'and what they are', default: 0, min: 0, max: 65_535 }),
  storage: choiceSetting({
    description: 'where files lie: below the data folder, or as objects of a bucket',
    default: 'folder',
    choices: ['folder', 's3'],
  }),
  s3Endpoint: textSetting({
    description: 'where the bucket is, such as https://s3.example.org',
    default: undefined,
    expected: 'an address',
    pattern: /^https?:\/\/[^/?#\s]{1,255}$/,
  }),
  s3Bucket: textSetting({
    description: 'name of the bucket',
    default: undefined,
    expected: 'a name',
    pattern: /^[a-z0-9][a-z0-9.-]{1,62}$/,
  }),
  s3Region: textSetting({ description: 'region of the bucket', default: 'us-east-1', expected: 'a name' }),
  s3Prefix: textSetting({
    description: 'what the names of objects begin with',
    default: 'files/',
    expected: 'a name',
    pattern: /^[\w./-]{0,200}$/,
  }),
  s3AccessKey: textSetting({ description: 'who asks for objects', default: undefined, expected: 'a name' }),
  s3SecretKey: secretSetting({ description: 'the key that signs these requests' }),
  s3TimeoutMs: integerSetting({
    description: 'a request for an object that takes longer has failed',
    default: 60_000,
    min: 100,
    max: 600_000,
  }),
  ...watchSettings,
  ...logSettings,
} as const
