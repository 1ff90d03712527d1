import { checkAccount } from './account/check.ts'
import { createAccount } from './account/create.ts'
import { deleteAccount } from './account/delete.ts'
import { idOfWords } from './account/id.ts'
import { listAccounts } from './account/list.ts'
import { lockAccount } from './account/lock.ts'
import { restoreAccount } from './account/restore.ts'
import { showAccount } from './account/show.ts'
import { appBuild } from './app/app-build.ts'
import { appSign } from './app/app-sign.ts'
import { appUp } from './app/app-up.ts'
import { appVerify } from './app/app-verify.ts'
import { type Command } from './command.ts'
import { demo } from './demo/demo.ts'
import { files } from './files/files.ts'
import { chat } from './messenger/chat.ts'
import { contacts } from './messenger/contacts.ts'
import { fetchFiles } from './messenger/fetch.ts'
import { listen } from './messenger/listen.ts'
import { requests } from './messenger/requests.ts'
import { search } from './messenger/search.ts'
import { send } from './messenger/send.ts'
import { gateway } from './gateway/gateway.ts'
import { networkDown, networkStatus } from './network/status.ts'
import { networkUp } from './network/up.ts'
import { node } from './node/node.ts'

/** Every command, in the order of the help page. A new command is a new line. */
export const commands: readonly Command[] = [
  createAccount,
  restoreAccount,
  listAccounts,
  showAccount,
  lockAccount,
  deleteAccount,
  idOfWords,
  checkAccount,
  send,
  listen,
  fetchFiles,
  chat,
  requests,
  contacts,
  search,
  appUp,
  demo,
  networkUp,
  networkStatus,
  networkDown,
  node,
  gateway,
  files,
  appBuild,
  appSign,
  appVerify,
]
