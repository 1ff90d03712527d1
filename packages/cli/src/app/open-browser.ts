import { spawn } from 'node:child_process'

/** What opens an address on each system, and whether there is somebody to see it. */
function openerOf(
  system: string,
  env: Readonly<Record<string, string | undefined>>,
): readonly [program: string, ...args: readonly string[]] | undefined {
  if (env['CI'] !== undefined || env['SSH_CONNECTION'] !== undefined) return undefined
  if (system === 'darwin') return ['open']
  if (system === 'win32') return ['cmd', '/c', 'start', '""']
  const hasDisplay = [env['DISPLAY'], env['WAYLAND_DISPLAY']].some(name => name !== undefined && name !== '')
  return hasDisplay ? ['xdg-open'] : undefined
}

/** Opens an address of this machine in the user's browser, where there is one. Whether that works is not waited for. */
export function openBrowser(url: string, env: Readonly<Record<string, string | undefined>>, system: string): void {
  const opener = openerOf(system, env)
  if (opener === undefined) return
  const [program, ...args] = opener
  const child = spawn(program, [...args, url], { stdio: 'ignore', detached: true })
  child.on('error', () => undefined)
  child.unref()
}
