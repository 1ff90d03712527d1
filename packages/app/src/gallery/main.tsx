import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { TextsProvider } from '../texts/index.ts'
import { ToastProvider } from '../ui/index.ts'
import { Gallery } from './gallery.tsx'

const root = document.getElementById('root')
if (root === null) throw new Error('the page has no root')
createRoot(root).render(
  <StrictMode>
    <TextsProvider>
      <ToastProvider>
        <Gallery />
      </ToastProvider>
    </TextsProvider>
  </StrictMode>,
)
