'use client'

import { useEffect, useState } from 'react'
import { type Looker, useRealtime } from '@/app/_client/realtime'

/** Who else has this chat open now. */
export function useLookers(conversationId: string): Looker[] {
  const { look } = useRealtime()
  const [lookers, setLookers] = useState<Looker[]>([])
  useEffect(() => {
    setLookers([])
    return look(conversationId, setLookers)
  }, [look, conversationId])
  return lookers
}
