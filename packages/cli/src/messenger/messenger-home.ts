import { homedir, platform } from 'node:os'
import { join } from 'node:path'

/** Where accounts and what belongs to them are kept, unless `--home` or `SOTTO_HOME` says otherwise. */
export function messengerHome(
  given: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
  { system = platform(), home = homedir() }: { readonly system?: string; readonly home?: string } = {},
): string {
  const chosen = [given, env['SOTTO_HOME']].find(path => path !== undefined && path !== '')
  if (chosen !== undefined) return chosen
  const named = (name: string, otherwise: string): string => {
    const path = env[name]
    return path === undefined || path === '' ? otherwise : path
  }
  switch (system) {
    case 'win32':
      return join(named('LOCALAPPDATA', join(home, 'AppData', 'Local')), 'Sotto')
    case 'darwin':
      return join(home, 'Library', 'Application Support', 'Sotto')
    default:
      return join(named('XDG_DATA_HOME', join(home, '.local', 'share')), 'sotto')
  }
}

/** The folder of the network that `sotto network up` runs when it is given no other. */
export function localNetworkFolder(home: string): string {
  return join(home, 'network')
}
