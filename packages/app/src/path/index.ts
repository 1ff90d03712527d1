export { PathLight } from './path-light.tsx'
export { PathScreen } from './path-screen.tsx'
