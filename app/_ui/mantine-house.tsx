'use client'

import { MantineProvider } from '@mantine/core'
import { setNonce } from 'get-nonce'
import { type ReactNode, useState } from 'react'
import { cssVariablesResolver, theme } from './theme'

type MantineHouseProps = { nonce: string; children: ReactNode }

/**
 * Mantine for everything below. The nonce of the first view is kept: a refresh renders this again with
 * the nonce of a later request, which the policy of the open document would refuse.
 */
export function MantineHouse({ nonce, children }: MantineHouseProps) {
  const [firstNonce] = useState(() => {
    // Overlays lock scrolling through a style element of their own, which asks here for the nonce.
    setNonce(nonce)
    return nonce
  })
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      defaultColorScheme="auto"
      getStyleNonce={() => firstNonce}
    >
      {children}
    </MantineProvider>
  )
}
