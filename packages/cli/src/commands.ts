import { checkAccount } from './account/check.ts'
import { createAccount } from './account/create.ts'
import { showAccount } from './account/show.ts'
import { type Command } from './command.ts'
import { gateway } from './gateway/gateway.ts'
import { networkDown, networkStatus } from './network/status.ts'
import { networkUp } from './network/up.ts'
import { node } from './node/node.ts'

/** Every command, in the order of the help page. A new command is a new line. */
export const commands: readonly Command[] = [
  createAccount,
  showAccount,
  checkAccount,
  networkUp,
  networkStatus,
  networkDown,
  node,
  gateway,
]
