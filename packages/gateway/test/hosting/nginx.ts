import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCertificate, systemClock, systemRandom } from '@sotto/server'
import { onTestFinished } from 'vitest'

const example = new URL('../../../../docs/operating/nginx.example.conf', import.meta.url)

/** Where nginx is; `undefined` if it is not installed. */
export function findNginx(): string | undefined {
  for (const path of ['/usr/sbin/nginx', '/usr/local/sbin/nginx', '/usr/local/bin/nginx', '/opt/homebrew/bin/nginx']) {
    try {
      execFileSync(path, ['-v'], { stdio: 'ignore' })
      return path
    } catch {
      continue
    }
  }
  return undefined
}

/** Runs nginx as the example of the documents says, with a certificate of its own, before a gateway. Answers with its port. */
export async function startNginx(nginx: string, gatewayPort: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'sotto-nginx-'))
  const port = await freePort()
  const { certificatePem, keyPem } = createCertificate(systemClock.now(), systemRandom)
  writeFileSync(join(folder, 'fullchain.pem'), certificatePem)
  writeFileSync(join(folder, 'privkey.pem'), keyPem.expose())
  const server = readFileSync(example, 'utf8')
    .replace('listen 443 ssl', `listen 127.0.0.1:${port} ssl`)
    .replace('127.0.0.1:22080', `127.0.0.1:${gatewayPort}`)
    .replaceAll('/etc/sotto', folder)
  const kinds = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  const temporary = kinds.map(kind => `${kind}_temp_path ${join(folder, kind)};`).join('\n')
  const main = `daemon off; pid ${join(folder, 'pid')}; error_log stderr crit; events {} http {\n${temporary}\n${server}\n}\n`
  writeFileSync(join(folder, 'nginx.conf'), main)
  const child = spawn(nginx, ['-p', folder, '-e', 'stderr', '-c', join(folder, 'nginx.conf')], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  onTestFinished(async () => {
    await end(child)
    rmSync(folder, { recursive: true, force: true })
  })
  await untilItAnswers(port, child)
  return port
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address !== null ? address.port : 0
}

async function untilItAnswers(port: number, child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    const socket = connect(port, '127.0.0.1')
    const isOpen = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'close').then(() => false),
    ]).catch(() => false)
    socket.destroy()
    if (isOpen) return
  }
  throw new Error('nginx did not start')
}
