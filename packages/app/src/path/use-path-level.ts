import { useHomeQuery, useQuery } from '../core/index.ts'
import { type PathLevel, pathLevel } from './path-level.ts'

/** How good the connection of the account that is shown is, now. */
export function usePathLevel(): PathLevel {
  return pathLevel(useHomeQuery('home.status'), useQuery('path.get'))
}
