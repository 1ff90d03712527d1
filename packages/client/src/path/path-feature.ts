import { noArguments, query, type QueryTable } from '../engine/calls.ts'
import { type EngineContext } from '../engine/context.ts'
import { type Feature } from '../engine/feature.ts'
import { PATH_TOPIC, PathBoard } from './path-board.ts'
import { type PathView } from './path-view.ts'

/** What is asked about the way through the network. */
export interface PathQueries {
  /** Of this account only. */
  'path.get'(): PathView
}

/** Shows through which nodes the account reaches the network. Spec 50 §11. */
export function createPathFeature(): Feature {
  const boards = new WeakMap<EngineContext, PathBoard>()
  const boardOf = (context: EngineContext): PathBoard => {
    const board = boards.get(context) ?? new PathBoard(context)
    boards.set(context, board)
    return board
  }
  const queries: QueryTable<PathQueries> = {
    'path.get': query(noArguments, (_, reader, context) => {
      reader.dependOn(PATH_TOPIC)
      return boardOf(context).view
    }),
  }
  return { name: 'path', queries, start: context => boardOf(context).follow() }
}
