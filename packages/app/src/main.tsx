import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import './ui/tokens.css'
import './ui/base.css'
import { App } from './app/app.tsx'
import { Connection } from './core/index.ts'
import { TextsProvider } from './texts/index.ts'
import { startUpdates } from './updates/index.ts'
import { ToastProvider } from './ui/index.ts'

const root = document.getElementById('root')
if (root === null) throw new Error('the page has no root')
const connection = new Connection()
createRoot(root).render(
  <StrictMode>
    <TextsProvider>
      <ToastProvider>
        <App connection={connection} />
      </ToastProvider>
    </TextsProvider>
  </StrictMode>,
)
// Without it the app runs all the same, and asks the gateway each time.
startUpdates().catch(() => undefined)
