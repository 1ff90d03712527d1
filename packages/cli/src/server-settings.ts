import { choiceSetting, integerSetting, logLevels, textSetting } from '@sotto/server'

/** Settings of servers that speak HTTPS with a certificate that somebody else gave them: see `readCertificate`. */
export const tlsSettings = {
  tlsCertificate: textSetting({
    description: 'file with the certificate and those that vouch for it, PEM; without one it speaks plain HTTP',
    default: undefined,
    expected: 'a file',
  }),
  tlsKey: textSetting({
    description: 'file with the key of the certificate, PEM',
    default: undefined,
    expected: 'a file',
  }),
} as const

/** Settings of every server: how one sees what it does. */
export const watchSettings = {
  adminHost: textSetting({
    description: 'address of health and metrics; not for the outside',
    default: '127.0.0.1',
    expected: 'an address',
  }),
  adminPort: integerSetting({ description: 'port of health and metrics; 0 for none', default: 0, min: 0, max: 65_535 }),
} as const

/** Settings of every server: what it writes. */
export const logSettings = {
  logLevel: choiceSetting({ description: 'how much is logged', default: 'info', choices: logLevels }),
  logFormat: choiceSetting({ description: 'for programs or for people', default: 'json', choices: ['json', 'human'] }),
} as const
