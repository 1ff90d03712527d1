export { PathLight } from './path-light.tsx'
