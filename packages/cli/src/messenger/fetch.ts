import { type Command } from '../command.ts'
import { sessionHelp } from './session-options.ts'

/** `sotto fetch` */
export const fetchFiles: Command = {
  name: 'fetch',
  synopsis: 'ID|NAME [--to DIR] [--message HASH] [--last N] [--wait SECONDS] [--json]',
  summary: 'Lists the files of a conversation, or saves them',
  help: `Shows the files of the newest messages. With --to they are downloaded where needed and written to a folder, under
names that begin with the number of the file; nothing that is there is ever overwritten. Whoever sent a picture or video is told
that it was saved, as in every client. The exit code is 0 when all files are in the folder afterwards, else 1.

  --to DIR                 where to save them; made if it is not there
  --message HASH           only those of one message; \`listen --json\` shows hashes
  --last N                 of how many messages; default 100, at most 1000
  --wait SECONDS           how long to wait for downloads; default 120. What has come of a large file by then stays,
                           and the rest comes when this account is next open
  --json                   prints one line for each file: {"id", "kind", "contentType", "name", "sizeBytes", "state", "path", …}
${sessionHelp}`,
  run: async (args, ports) => (await import('./run-fetch.ts')).runFetch(args, ports),
}
