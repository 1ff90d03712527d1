import { BadValue, flagSetting, integerSetting, textSetting } from '@sotto/server'
import { type AllowedServer } from '@sotto/transport'
import { listSetting, readKey } from '../list-setting.ts'
import { logSettings, watchSettings } from '../server-settings.ts'

/** Settings of `sotto node` besides the limits. */
export const nodeSettings = {
  data: textSetting({
    description: 'folder of the key, the certificate and the database',
    default: undefined,
    expected: 'a folder',
  }),
  registry: textSetting({ description: 'file with the signed list of nodes', default: undefined, expected: 'a file' }),
  trustedKeys: listSetting('keys that sign the list, in hex, separated by commas', 'keys', readKey),
  allowLocal: flagSetting({
    description: 'take a list with local addresses, for networks of one house',
    default: false,
  }),
  host: textSetting({ description: 'address to listen on', default: '0.0.0.0', expected: 'an address' }),
  port: integerSetting({ description: 'port of HTTPS, as the list names it', default: 22_021, min: 1, max: 65_535 }),
  ...watchSettings,
  allowedServers: listSetting(
    'servers outside that are asked besides those on port 80 and 443: name:port, or name:port:local for one in a private network',
    'servers',
    readServer,
  ),
  gateways: listSetting(
    'keys of gateways that are not limited as one client, in hex, separated by commas',
    'keys',
    readKey,
  ),
  ownAddresses: listSetting(
    'addresses by which this machine is reached, so that no request is led back to it',
    'addresses',
    readAddress,
  ),
  ...logSettings,
} as const

function readServer(text: string): AllowedServer | BadValue {
  const [, host, port, local] = /^(\[[0-9a-fA-F:.]+\]|[\w.-]+):(\d{1,5})(:local)?$/.exec(text) ?? []
  if (host === undefined || Number(port) < 1 || Number(port) > 65_535)
    return new BadValue('must be name:port for each server')
  return { host: host.replace(/^\[|\]$/g, ''), port: Number(port), local: local !== undefined }
}

function readAddress(text: string): string | BadValue {
  return /^[0-9a-fA-F:.]{2,45}$/.test(text) ? text : new BadValue('must be IP addresses')
}
