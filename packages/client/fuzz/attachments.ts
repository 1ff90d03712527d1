import { latin1Decode, utf8Encode } from '@sotto/protocol/encoding'
import { type FuzzTarget } from './target.ts'
import { cleanFileName } from '../src/attachments/file-name.ts'
import { detectType } from '../src/attachments/file-type.ts'
import { readImageSize } from '../src/attachments/images/image-size.ts'
import { stripMetadata } from '../src/attachments/images/strip-metadata.ts'
import { inspectFile } from '../src/attachments/inspect.ts'

/** Small pictures of each kind that say more than their pixels. */
const pictures: Readonly<Record<string, string>> = {
  png:
    '89504e470d0a1a0a0000000d494844520000000100000001080200000090775' +
    '3de000000077445587441006200000000a5f1b3c60000000c49444154089963606060000000040001f61738550000000049454e44ae426082',
  gif: '47494638396102000100800000000000ffffff21fe0268690021f90400000000002c00000000020001000002028451003b',
  webp: '524946462a00000057454250565038580a00000008000000010000000000455849460200000041425650384c0000000000',
  jpeg:
    'ffd8ffe000104a46494600010100000100010000ffe1001045786966000049492a0008000000' +
    'ffc0000b080001000201011100ffda000801010000003f00d2cf20ff00ffd9',
  avif: '0000001c6674797061766966000000006176696600000014697370650000000000000001000000027468656e6465',
}

const corpus = Object.values(pictures).map(hex => new Uint8Array(Buffer.from(hex, 'hex')))
const ofTypes = Object.entries(pictures).map(([name, hex]) => ({
  name,
  type: `image/${name}`,
  corpus: [new Uint8Array(Buffer.from(hex, 'hex'))],
}))

/** What looks at files of others and of the user before anything is shown. */
export const targets: readonly FuzzTarget[] = [
  {
    name: 'client/file-name',
    corpus: ['../../a.png', 'a\u{202e}gnp.exe', 'nul.txt', 'ä'.repeat(200)].map(utf8Encode),
    run: input => {
      const name = cleanFileName(latin1Decode(input), 'image/png')
      if (name === '' || /[/\\\0]/.test(name) || name.startsWith('.')) throw new TypeError('no clean name')
    },
  },
  { name: 'client/file-type', corpus, run: input => void inspectFile(input) },
  ...ofTypes.flatMap(({ name, type, corpus: own }): FuzzTarget[] => [
    { name: `client/size-${name}`, corpus: own, run: input => void readImageSize(input, type) },
    { name: `client/strip-${name}`, corpus: own, run: input => strip(input, type) },
  ]),
]

/** What was stripped once stays as it is, and is of the same type. */
function strip(input: Uint8Array, type: string): void {
  const stripped = stripMetadata(input, type)
  const again = stripMetadata(stripped, type)
  if (Buffer.compare(stripped, again) !== 0) throw new TypeError('stripping twice is not stripping once')
  if (detectType(input) === type && detectType(stripped) !== type) throw new TypeError('another type')
}
