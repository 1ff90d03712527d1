import { type Seed } from './seed-request.ts'

/** The seeds of the existing network, with the pins that its clients carry. Spec 20 §1.2. */
export const mainnetSeeds: readonly Seed[] = [
  {
    url: 'https://seed1.getsession.org:4443/',
    publicKeySha256: 'mlYTXvkmIEYcpswANTpnBwlz9Cswi0py/RQKkbdQOZQ=',
    certificateSha256:
      '36:EA:0B:25:35:37:98:85:51:EE:85:6E:4F:D2:0D:55:01:1E:9C:8B:27:EA:A2:F3:4B:8F:32:A0:BD:F0:4F:2D',
  },
  {
    url: 'https://seed2.getsession.org:4443/',
    publicKeySha256: 'ZuUxe4wopBR83Yy5fePPNX0c00BnkQCu/49oapFpB0k=',
    certificateSha256:
      'C5:90:8D:D4:13:9A:CD:96:AE:DD:1E:45:57:65:97:65:08:09:C8:A5:EA:02:AF:55:6D:48:53:D4:53:96:E0:E7',
  },
  {
    url: 'https://seed3.getsession.org:4443/',
    publicKeySha256: '4xe+8k1NjxerVTjUsWlZJNKt3PA7Y31pUls2tHYippA=',
    certificateSha256:
      '8A:0A:F2:C7:12:34:2F:22:CE:00:E5:3C:16:01:41:0E:F8:D8:41:56:AE:E0:A9:80:9C:32:F6:F7:EF:BE:55:6E',
  },
]
