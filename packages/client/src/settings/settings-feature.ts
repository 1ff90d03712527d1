import { command, type CommandTable, noArguments, query, type QueryTable } from '../engine/calls.ts'
import { type Feature } from '../engine/feature.ts'
import { type ClientSettings, parseSettings, readSettings, writeSettings } from './settings.ts'

/** What changes settings. */
export interface SettingsCommands {
  /** Changes the settings that are given, and leaves the others. */
  'settings.change'(args: Partial<ClientSettings>): void
}

/** What reads them. */
export interface SettingsQueries {
  /** What holds of all of them. */
  'settings.get'(): ClientSettings
}

const commands: CommandTable<SettingsCommands> = {
  'settings.change': command(parseSettings, (changed, { store }) => {
    store.write(tx => writeSettings(tx, changed))
  }),
}

const queries: QueryTable<SettingsQueries> = {
  'settings.get': query(noArguments, (_, reader) => readSettings(reader)),
}

/** Choices of this device. */
export const settingsFeature: Feature = { name: 'settings', commands, queries }
