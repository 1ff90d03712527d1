import { loadTasks } from './load/load-role.ts'
import { echoTasks } from './network/echo-role.ts'
import { nodeTasks } from './network/node-role.ts'
import { answerTasks, type Tasks } from './process/tasks.ts'

/** Every process of the benchmark but the one that directs them. */
const roles: ReadonlyMap<string, () => Tasks> = new Map<string, () => Tasks>([
  ['load', loadTasks],
  ['echo', () => echoTasks],
  ['node', nodeTasks],
  ['alone', () => ({ ...nodeTasks(), ...loadTasks(), ...echoTasks })],
])

const tasks = roles.get(process.argv[2] ?? '')
if (tasks === undefined) throw new Error('this is started by bench/node/main.ts')
answerTasks(tasks())
