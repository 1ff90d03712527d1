import { utf8Encode } from '../src/encoding/index.ts'
import { parseNodeAddress, parseNodeId, parseSwarmId, parseSwarmOwner } from '../src/swarm/index.ts'
import { type FuzzTarget } from './target.ts'

const lenient = new TextDecoder()
const textOf = (input: Uint8Array): string => lenient.decode(input)

/** The parsers of `@sotto/protocol/swarm`. */
export const targets: readonly FuzzTarget[] = [
  {
    name: 'swarm/node-id',
    corpus: [utf8Encode('ca93ac1705187071d67b83c7ff0efe8108e8ec4530575d7726879333dbdabe7c')],
    run: input => void parseNodeId(textOf(input)),
  },
  {
    name: 'swarm/owner',
    corpus: [utf8Encode('054701d08488451f545a409fb58ae3e58581ca40ac3f7f114698cd71deac73ca01')],
    run: input => void parseSwarmOwner(textOf(input)),
  },
  {
    name: 'swarm/swarm-id',
    corpus: [utf8Encode('ffffffffffffffff'), utf8Encode('0')],
    run: input => void parseSwarmId(textOf(input)),
  },
  {
    name: 'swarm/node-address',
    corpus: [utf8Encode('n7ni8pns5zxhprrq3kahnyx6pk3bhk7kyamz1s57equdjyw389ko.snode')],
    run: input => void parseNodeAddress(textOf(input)),
  },
]
