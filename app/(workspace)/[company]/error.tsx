'use client'

import { PageFailure, type PageFailureProps } from '@/app/_parts/page-failure'

/** A room that failed: the rail stays, so that the way out is at hand. */
export default function RoomError(props: PageFailureProps) {
  return <PageFailure {...props} />
}
