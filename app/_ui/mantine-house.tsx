'use client'

import { type MantineColorSchemeManager, MantineProvider } from '@mantine/core'
import { setNonce } from 'get-nonce'
import { type ReactNode, useState } from 'react'
import { onColorScheme, readColorScheme, setColorScheme } from './color-scheme'
import './mantine.css'
import { useNonce } from './nonce-provider'
import { cssVariablesResolver, theme } from './theme'

/**
 * Mantine for everything below. It stands around each overlay and each form that needs it, not around the
 * workspace: library and style sheet then load with the first of them, and the inbox opens without.
 */
export function MantineHouse({ children }: { children: ReactNode }) {
  const nonce = useNonce()
  const [manager] = useState(() => {
    // Overlays lock scrolling through a style element of their own, which asks here for the nonce.
    setNonce(nonce)
    return sharedColorScheme()
  })
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      colorSchemeManager={manager}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      {children}
    </MantineProvider>
  )
}

/** Mantine keeps no choice of its own: ours is the one. */
function sharedColorScheme(): MantineColorSchemeManager {
  let stop = () => {}
  return {
    get: () => readColorScheme(),
    // What we told Mantine comes back as a wish of its own.
    set: (scheme) => {
      if (scheme !== readColorScheme()) setColorScheme(scheme)
    },
    subscribe: (onUpdate) => {
      stop = onColorScheme(() => onUpdate(readColorScheme()))
    },
    unsubscribe: () => stop(),
    clear: () => setColorScheme('auto'),
  }
}
