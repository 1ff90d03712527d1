import { networkTasks } from '../client/network-role.ts'
import { answerTasks, type Tasks } from '../node/process/tasks.ts'
import { echoTasks } from './echo-role.ts'
import { personTasks } from './person-role.ts'
import { serverTasks } from './server-role.ts'

/** Every process of the benchmark but the one that directs them, which is the client. */
const roles: ReadonlyMap<string, () => Tasks> = new Map<string, () => Tasks>([
  ['echo', () => echoTasks],
  ['network', networkTasks],
  ['person', personTasks],
  ['server', () => serverTasks],
])

const tasks = roles.get(process.argv[2] ?? '')
if (tasks === undefined) throw new Error('this is started by bench/files/main.ts')
answerTasks(tasks())
