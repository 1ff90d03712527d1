import { generateKeyPairSync, sign, X509Certificate } from 'node:crypto'

/** A certificate with its key, for servers in tests. */
export interface SelfSigned {
  readonly key: string
  readonly cert: string
}

/** Makes a certificate on P-256 for `localhost`, valid from 2020 to 2049, that signs itself. */
export function selfSigned(): SelfSigned {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const spki = publicKey.export({ type: 'spki', format: 'der' })
  const ecdsaWithSha256 = der(0x30, der(0x06, Uint8Array.of(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02)))
  const commonName = der(0x30, der(0x06, Uint8Array.of(0x55, 0x04, 0x03)), der(0x0c, Buffer.from('localhost')))
  const name = der(0x30, der(0x31, commonName))
  const validity = der(0x30, ...['200101000000Z', '491231235959Z'].map(time => der(0x17, Buffer.from(time))))
  const version = der(0xa0, der(0x02, Uint8Array.of(2)))
  const body = der(0x30, version, der(0x02, Uint8Array.of(1)), ecdsaWithSha256, name, validity, name, spki)
  const signature = der(0x03, Uint8Array.of(0), sign('sha256', body, privateKey))
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: new X509Certificate(der(0x30, body, ecdsaWithSha256, signature)).toString(),
  }
}

/** Tag, length, contents. */
function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const contents = Buffer.concat(parts)
  const { length } = contents
  const long = length > 255 ? [0x82, length >> 8, length & 0xff] : [0x81, length]
  return Buffer.concat([Uint8Array.of(tag, ...(length < 128 ? [length] : long)), contents])
}
