/**
 * The folder that relative paths on the command line are meant from. `npm run` works in the project's root and leaves the
 * caller's own folder in INIT_CWD; started in any other way, that variable belongs to some other npm.
 */
export function callersFolder(env: NodeJS.ProcessEnv, current: string): string {
  const initial = env['INIT_CWD']
  return env['npm_lifecycle_event'] === 'sotto' && initial !== undefined && initial !== '' ? initial : current
}
