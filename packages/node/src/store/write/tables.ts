import { type StoreLimits } from '../limits.ts'
import { type Connection } from '../sql/connection.ts'
import { EditTable } from './edit-table.ts'
import { ExecutedTable } from './executed-table.ts'
import { FlightTable } from './flight-table.ts'
import { MessageTable } from './message-table.ts'
import { OwnerTable } from './owner-table.ts'
import { PositionTable } from './position-table.ts'
import { RevocationTable } from './revocation-table.ts'
import { SpaceGauge } from './space-gauge.ts'
import { TombstoneTable } from './tombstone-table.ts'
import { Totals } from './totals.ts'
import { WipeTable } from './wipe-table.ts'

/** All that writes work on, with their statements prepared. */
export interface Tables {
  readonly connection: Connection
  readonly limits: StoreLimits
  readonly owners: OwnerTable
  readonly messages: MessageTable
  readonly edits: EditTable
  readonly positions: PositionTable
  readonly tombstones: TombstoneTable
  readonly executed: ExecutedTable
  readonly wipes: WipeTable
  readonly revocations: RevocationTable
  readonly flights: FlightTable
  readonly totals: Totals
  readonly space: SpaceGauge
}

/** Over a connection to a database of the newest schema, which may write. */
export function createTables(connection: Connection, limits: StoreLimits): Tables {
  const totals = new Totals(connection)
  const positions = new PositionTable(connection, totals, limits.maxPositions)
  const edits = new EditTable(connection)
  return {
    connection,
    limits,
    owners: new OwnerTable(connection),
    messages: new MessageTable(connection, positions, edits),
    edits,
    positions,
    tombstones: new TombstoneTable(connection, totals, limits.maxTombstones),
    executed: new ExecutedTable(connection, totals, limits.maxExecuted),
    wipes: new WipeTable(connection),
    revocations: new RevocationTable(connection, totals, limits.maxRevocations),
    flights: new FlightTable(connection, totals, limits),
    totals,
    space: new SpaceGauge(connection, limits.maxBytes),
  }
}
