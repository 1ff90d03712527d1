// Starts a TypeScript file of this repository under a fit Node, with its packages installed:
//
//   node scripts/launch.mjs FILE.ts [ARGUMENTS…]     FILE.ts is relative to the repository's root
//
// This one file must be readable by any Node that knows ES modules, so it uses the oldest syntax that does the job and
// imports the rest only after the check. What happens then is described in scripts/launch/main.mjs.

const major = Number(process.versions.node.split('.')[0])

if (major < 18) {
  process.stderr.write(
    'Node 18 or newer needed to start Sotto, and this is Node ' +
      process.versions.node +
      '.\nGet a current one from https://nodejs.org (version 24 is what Sotto runs on).\n',
  )
  process.exit(1)
}

import('./launch/main.mjs').then(
  function (launcher) {
    return launcher.launch(process.argv.slice(2))
  },
  function (error) {
    process.stderr.write('The launcher is incomplete: ' + error.message + '\n')
    process.exit(1)
  },
)
