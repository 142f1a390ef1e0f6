'use client'

import { PageFailure, type PageFailureProps } from '@/app/_parts/page-failure'
import { WholePage } from '@/app/_parts/whole-page'

/** When even the frame of the workspace cannot be drawn. */
export default function WorkspaceError(props: PageFailureProps) {
  return (
    <WholePage>
      <PageFailure {...props} />
    </WholePage>
  )
}
