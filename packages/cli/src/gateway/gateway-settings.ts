import { BadValue, flagSetting, integerSetting, textSetting } from '@sotto/server'
import { listSetting, readKey } from '../list-setting.ts'
import { logSettings, tlsSettings, watchSettings } from '../server-settings.ts'

/** Settings of `sotto gateway` besides the limits. */
export const gatewaySettings = {
  registry: textSetting({ description: 'file with the signed list of nodes', default: undefined, expected: 'a file' }),
  trustedKeys: listSetting('keys that sign the list, in hex, separated by commas', 'keys', readKey),
  allowLocal: flagSetting({
    description: 'take a list with local addresses, for networks of one house, and tell browsers here its key',
    default: false,
  }),
  host: textSetting({ description: 'address to listen on', default: '127.0.0.1', expected: 'an address' }),
  port: integerSetting({ description: 'port to listen on', default: 22_080, min: 1, max: 65_535 }),
  ...tlsSettings,
  keyFile: textSetting({
    description: 'file of the key by which nodes know this gateway; made at the first start, 0600',
    default: undefined,
    expected: 'a file',
  }),
  origins: listSetting(
    'where pages that use it are from, such as https://chat.example.org; its own on loopback need not be named',
    'origins',
    readOrigin,
  ),
  behindProxy: flagSetting({
    description: 'only a proxy on this machine reaches it, whose X-Forwarded-For says who its client is',
    default: false,
  }),
  app: textSetting({
    description: 'folder with a build of the app, to serve it',
    default: undefined,
    expected: 'a folder',
  }),
  appSignature: textSetting({
    description: 'file with the signature of the build; by default build.json.sig beside it',
    default: undefined,
    expected: 'a file',
  }),
  fileServer: textSetting({
    description: 'file that says where a local network keeps files, to tell browsers here',
    default: undefined,
    expected: 'a file',
  }),
  ...watchSettings,
  ...logSettings,
} as const

/** As browsers write it: no path, no port that goes without saying. */
function readOrigin(text: string): string | BadValue {
  const url = URL.parse(text)
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:'
  return isWeb && url.origin === text ? text : new BadValue('must be origins such as https://chat.example.org')
}
