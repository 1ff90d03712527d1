import { noArguments, query, type QueryTable } from '../engine/calls.ts'
import { type Feature } from '../engine/feature.ts'
import { type StorageUsage, storageUsage } from './storage-usage.ts'

/** What is asked about the room that an account takes up. */
export interface StorageQueries {
  /** Looks at every message: to be asked, not watched. */
  'storage.usage'(): StorageUsage
}

const queries: QueryTable<StorageQueries> = {
  'storage.usage': query(noArguments, (_, reader) => storageUsage(reader)),
}

/** How much room an account takes up. */
export const storageFeature: Feature = { name: 'storage', queries }
