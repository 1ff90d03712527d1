import { answerTasks, type Tasks } from '../node/process/tasks.ts'
import { clientsTasks } from './clients-role.ts'
import { gatewayTasks } from './gateway-role.ts'
import { guardTasks } from './guard-role.ts'

/** Every process of the benchmark but the one that directs them. */
const roles: ReadonlyMap<string, () => Tasks> = new Map<string, () => Tasks>([
  ['guard', guardTasks],
  ['gateway', () => gatewayTasks],
  ['clients', clientsTasks],
])

const tasks = roles.get(process.argv[2] ?? '')
if (tasks === undefined) throw new Error('this is started by bench/gateway/main.ts')
answerTasks(tasks())
