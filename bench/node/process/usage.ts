import { readFileSync } from 'node:fs'

/** A tick of the kernel's accounting, in seconds: Linux tells user space 100 a second. */
const tickSeconds = 0.01

/** CPU time of a process with all of its threads, user and system, in seconds. Linux only. */
export function cpuSeconds(pid: number): number {
  const text = readFileSync(`/proc/${pid}/stat`, 'latin1')
  // The name in brackets may hold spaces; after it come the state and then numbers.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * tickSeconds
}

/** Memory of a process that is its own, and all of it that lies in RAM, in bytes. */
export function memoryBytes(pid: number): { readonly own: number; readonly resident: number } {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1')
  const kibibytes = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0)
  const own = kibibytes('Private_Clean') + kibibytes('Private_Dirty')
  return { own: own * 1024, resident: kibibytes('Rss') * 1024 }
}
