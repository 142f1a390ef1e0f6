'use client'

import { PageFailure, type PageFailureProps } from '@/app/_parts/page-failure'
import { WholePage } from '@/app/_parts/whole-page'

export default function ErrorPage(props: PageFailureProps) {
  return (
    <WholePage>
      <PageFailure {...props} />
    </WholePage>
  )
}
