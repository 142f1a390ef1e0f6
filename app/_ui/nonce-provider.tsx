'use client'

import { createContext, type ReactNode, useContext, useState } from 'react'

const Nonce = createContext('')

type NonceProviderProps = { nonce: string; children: ReactNode }

/**
 * Hands the nonce of the open document to whatever makes style elements later. The first one is kept: a refresh
 * draws this again with the nonce of a later request, which the policy of the document would refuse.
 */
export function NonceProvider({ nonce, children }: NonceProviderProps) {
  const [first] = useState(nonce)
  return <Nonce value={first}>{children}</Nonce>
}

export function useNonce(): string {
  return useContext(Nonce)
}
