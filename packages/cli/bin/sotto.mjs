#!/usr/bin/env node
// Hands the command to the launcher, which finds a fit Node for it. Old syntax, for the same reason as there.
import { fileURLToPath } from 'url'

const root = new URL('../../../', import.meta.url)
process.argv.splice(2, 0, fileURLToPath(new URL('packages/cli/src/main.ts', root)))
void import(new URL('scripts/launch.mjs', root).href)
